#include "support/SystemWords.h"

const bool isWindows = false;

std::string noSuchFile() { return "No such file or directory"; }
std::string noSuchFolder() { return "No such file or directory"; }
std::string fileExists() { return "File exists"; }
