#pragma once
// ncursesw for Swift: macros, globals and variadics that its importer cannot see. Shims only: no logic lives here.
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdint.h>
#include <stdio.h>
#include <term.h>
#include <wchar.h>

static inline WINDOW *cn_screen(void) { return stdscr; }
static inline int cn_colours(void) { return COLORS; }
static inline int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
static inline int cn_flag(const char *name) { return tigetflag((char *)name) > 0; }
static inline int cn_has_string(const char *name) {
  const char *value = tigetstr((char *)name);
  return value != NULL && value != (char *)-1;
}
static inline attr_t cn_bold(void) { return A_BOLD; }
static inline attr_t cn_dim(void) { return A_DIM; }
static inline attr_t cn_italic(void) { return A_ITALIC; }
static inline attr_t cn_underline(void) { return A_UNDERLINE; }
static inline attr_t cn_reverse(void) { return A_REVERSE; }
// `text` ends with 0 and has at most CCHARW_MAX (5) characters: one that takes cells, then marks.
static inline int cn_put(int row, int column, const uint32_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  if (setcchar(&cell, (const wchar_t *)text, attributes, (short)pair, &pair) == ERR) return ERR;
  return mvadd_wch(row, column, &cell);
}
