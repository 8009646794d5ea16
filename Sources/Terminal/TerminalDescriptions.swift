/// Compiled terminfo entries of our own, in base64 as ncurses takes them from `TERMINFO=b64:...`.
///
/// They serve terminals that show 24-bit colour while their entry has only 256, and servers whose database lacks the entry
/// of a modern terminal. Only output matters (keys are decoded by `KeyDecoder`), and only sequences that xterm, tmux, screen,
/// the VTE family, kitty, alacritty, foot, iTerm2 and Windows Terminal share are used: no title stack, no repeat, no
/// background colour erase. A colour below 256 is a palette index, above it red, green and blue.
///
/// Made with `tic -x` from:
///
///     chiplog-common|what both have,
///     am, mir, msgr, npc, xenl, AX,
///     cols#80, it#8, lines#24, pairs#0x10000,
///     bel=^G, blink=\E[5m, bold=\E[1m, civis=\E[?25l, clear=\E[H\E[2J, cnorm=\E[?25h, cr=\r,
///     csr=\E[%i%p1%d;%p2%dr, cub=\E[%p1%dD, cub1=^H, cud=\E[%p1%dB, cud1=\n, cuf=\E[%p1%dC, cuf1=\E[C,
///     cup=\E[%i%p1%d;%p2%dH, cuu=\E[%p1%dA, cuu1=\E[A, dch=\E[%p1%dP, dch1=\E[P, dim=\E[2m,
///     dl=\E[%p1%dM, dl1=\E[M, ech=\E[%p1%dX, ed=\E[J, el=\E[K, el1=\E[1K, home=\E[H, hpa=\E[%i%p1%dG,
///     ht=^I, ich=\E[%p1%d@, il=\E[%p1%dL, il1=\E[L, ind=\n, indn=\E[%p1%dS, op=\E[39;49m, rc=\E8, sc=\E7,
///     rev=\E[7m, ri=\EM, rin=\E[%p1%dT, ritm=\E[23m, rmcup=\E[?1049l, rmso=\E[27m, rmul=\E[24m,
///     sgr=\E[0%?%p6%t;1%;%?%p5%t;2%;%?%p2%t;4%;%?%p1%p3%|%t;7%;%?%p4%t;5%;m, sgr0=\E[m, sitm=\E[3m,
///     smcup=\E[?1049h, smso=\E[7m, smul=\E[4m, vpa=\E[%i%p1%dd,
///     chiplog-direct|modern terminal with 24-bit colour as chiplog writes to it,
///     RGB, colors#0x1000000, use=chiplog-common,
///     setab=\E[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e%p1%{256}%<%t48;5;%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
///     setaf=\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e%p1%{256}%<%t38;5;%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
///     chiplog-256color|modern terminal with 256 colours as chiplog writes to it,
///     colors#256, use=chiplog-common,
///     setab=\E[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m,
///     setaf=\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m,
enum TerminalDescriptions {
  /// 24-bit colour; its name is `chiplog-direct`.
  static let direct = """
    HgJKABoADwBpAY0CY2hpcGxvZy1kaXJlY3R8bW9kZXJuIHRlcm1pbmFsIHdpdGggMjQtYml0IGNvbG91ciBhcyBjaGlwbG9nIHdyaXRlcyB0byBp\
    dAAAAQAAAQAAAAAAAAAAAQEAAAAAAAAAAAAAAVAAAAAIAAAAGAAAAP////////////////////////////////////////////////////8AAAAB\
    AAABAP//AAACAAQA//8VAB0AIQAlAP//MABBAEMARwBOAP//UABXAP//WwD//18AYwD///////9nAGwAcQD//3oA////////fwCEAIkAjgD//5cA\
    mwD/////pACqAP////////////////////+wAP//////////////////////////////////////////////////////////////////////////\
    /////////////////////////////////////////////////////////////7QAvQDGAM8A2ADhAOoA8wD8AAUB////////////////////////\
    /////w4BEQEcAR8BIQEkAf////9lAf//////////////////////////////////////////////////////////////////////////////////\
    ////////////////////////////////////////////////////////////////////////////////////////////////////////////////\
    ////////////////////////////////////////////////////////////////////////////////////////////////////////////////\
    //////////////////////////////////////////////////9nAf//////////////////////////////////////////////////////////\
    /////////////2wB//////////////////////////////////91Af///////////////////////3oB////////////////////////////////\
    //////////////////////////////////////////////////////////////////+AAQYCBwANABtbJWklcDElZDslcDIlZHIAG1tIG1sySgAb\
    W0sAG1tKABtbJWklcDElZEcAG1slaSVwMSVkOyVwMiVkSAAKABtbSAAbWz8yNWwACAAbWz8yNWgAG1tDABtbQQAbW1AAG1tNABtbNW0AG1sxbQAb\
    Wz8xMDQ5aAAbWzJtABtbN20AG1s3bQAbWzRtABtbJXAxJWRYABtbbQAbWz8xMDQ5bAAbWzI3bQAbWzI0bQAbW0wAG1slcDElZFAAG1slcDElZE0A\
    G1slcDElZEIAG1slcDElZEAAG1slcDElZFMAG1slcDElZEwAG1slcDElZEQAG1slcDElZEMAG1slcDElZFQAG1slcDElZEEAGzgAG1slaSVwMSVk\
    ZAAbNwAKABtNABtbMCU/JXA2JXQ7MSU7JT8lcDUldDsyJTslPyVwMiV0OzQlOyU/JXAxJXAzJXwldDs3JTslPyVwNCV0OzUlO20ACQAbWzFLABtb\
    Mzk7NDltABtbM20AG1syM20AG1slPyVwMSV7OH0lPCV0MyVwMSVkJWUlcDElezE2fSU8JXQ5JXAxJXs4fSUtJWQlZSVwMSV7MjU2fSU8JXQzODs1\
    OyVwMSVkJWUzODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZCU7bQAbWyU/JXAxJXs4fSU8JXQ0\
    JXAxJWQlZSVwMSV7MTZ9JTwldDEwJXAxJXs4fSUtJWQlZSVwMSV7MjU2fSU8JXQ0ODs1OyVwMSVkJWU0ODsyOyVwMSV7NjU1MzZ9JS8lZDslcDEl\
    ezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZCU7bQAAAgAAAAAAAgAHAAEBAAADAEFYAFJHQgA=
    """

  /// 256 colours; its name is `chiplog-256color`.
  static let indexed256 = """
    HgJKABoADwBpAf8BY2hpcGxvZy0yNTZjb2xvcnxtb2Rlcm4gdGVybWluYWwgd2l0aCAyNTYgY29sb3VycyBhcyBjaGlwbG9nIHdyaXRlcyB0byBp\
    dAAAAQAAAQAAAAAAAAAAAQEAAAAAAAAAAAAAAVAAAAAIAAAAGAAAAP////////////////////////////////////////////////////8AAQAA\
    AAABAP//AAACAAQA//8VAB0AIQAlAP//MABBAEMARwBOAP//UABXAP//WwD//18AYwD///////9nAGwAcQD//3oA////////fwCEAIkAjgD//5cA\
    mwD/////pACqAP////////////////////+wAP//////////////////////////////////////////////////////////////////////////\
    /////////////////////////////////////////////////////////////7QAvQDGAM8A2ADhAOoA8wD8AAUB////////////////////////\
    /////w4BEQEcAR8BIQEkAf////9lAf//////////////////////////////////////////////////////////////////////////////////\
    ////////////////////////////////////////////////////////////////////////////////////////////////////////////////\
    ////////////////////////////////////////////////////////////////////////////////////////////////////////////////\
    //////////////////////////////////////////////////9nAf//////////////////////////////////////////////////////////\
    /////////////2wB//////////////////////////////////91Af///////////////////////3oB////////////////////////////////\
    //////////////////////////////////////////////////////////////////+AAb8BBwANABtbJWklcDElZDslcDIlZHIAG1tIG1sySgAb\
    W0sAG1tKABtbJWklcDElZEcAG1slaSVwMSVkOyVwMiVkSAAKABtbSAAbWz8yNWwACAAbWz8yNWgAG1tDABtbQQAbW1AAG1tNABtbNW0AG1sxbQAb\
    Wz8xMDQ5aAAbWzJtABtbN20AG1s3bQAbWzRtABtbJXAxJWRYABtbbQAbWz8xMDQ5bAAbWzI3bQAbWzI0bQAbW0wAG1slcDElZFAAG1slcDElZE0A\
    G1slcDElZEIAG1slcDElZEAAG1slcDElZFMAG1slcDElZEwAG1slcDElZEQAG1slcDElZEMAG1slcDElZFQAG1slcDElZEEAGzgAG1slaSVwMSVk\
    ZAAbNwAKABtNABtbMCU/JXA2JXQ7MSU7JT8lcDUldDsyJTslPyVwMiV0OzQlOyU/JXAxJXAzJXwldDs3JTslPyVwNCV0OzUlO20ACQAbWzFLABtb\
    Mzk7NDltABtbM20AG1syM20AG1slPyVwMSV7OH0lPCV0MyVwMSVkJWUlcDElezE2fSU8JXQ5JXAxJXs4fSUtJWQlZTM4OzU7JXAxJWQlO20AG1sl\
    PyVwMSV7OH0lPCV0NCVwMSVkJWUlcDElezE2fSU8JXQxMCVwMSV7OH0lLSVkJWU0ODs1OyVwMSVkJTttAAABAAAAAAABAAMAAQAAAEFYAA==
    """
}
