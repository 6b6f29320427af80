#include "support/SystemWords.h"

#include <unistd.h>

const bool isWindows = false;

std::string noSuchFile() { return "No such file or directory"; }
std::string noSuchFolder() { return "No such file or directory"; }
std::string fileExists() { return "File exists"; }

bool isWine() { return false; }
bool isAdministrator() { return geteuid() == 0; }
