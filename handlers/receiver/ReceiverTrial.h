#pragma once

#include "receiver/HeldAddress.h"

#include <string>
#include <vector>

/// What receivers find when they are tried out (Node::triedBy), each in a sentence. Nothing is received, read or run: what somebody
/// sends meanwhile goes where it would have gone. They may wait for a name server.
namespace sluice::receivertrial {

struct Asked
{
    Transport transport = Transport::Stream;
    ListenAddress address;
    std::string words; ///< "127.0.0.1:9020"
};

/// Whether the addresses are free, or held by this program. Each is bound for a moment, but nobody can connect to it.
Result<std::string> tryToListen(const std::vector<Asked> &asked);

/// How many files there are of patterns (absolute), and whether they can be read.
Result<std::string> tryFiles(const std::vector<std::string> &patterns);

/// Whether there is a file (absolute; or "-", which is standard input) to read. `name`: as the user gave it.
Result<std::string> tryInput(const std::string &path, const std::string &name);

/// Whether there is the program, a name that is looked for or an absolute path, and the folder that it is to run in.
Result<std::string> tryProgram(const std::string &program, const std::string &directory);

} // namespace sluice::receivertrial
