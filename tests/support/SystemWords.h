#pragma once

#include <string>

/// What the system says where a file, or the folder it is to be in, is not there, or where there is one already.
std::string noSuchFile();
std::string noSuchFolder();
std::string fileExists();
/// Whether this is Windows, whose zones have no names in TZ, and whose files other lines' ends.
extern const bool isWindows;
/// Whether that Windows is Wine, which lacks some of it.
bool isWine();
/// Whether this runs as root, or as an administrator.
bool isAdministrator();
