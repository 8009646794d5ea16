// Replaced by the first test of this folder.
