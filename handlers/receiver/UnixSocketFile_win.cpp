#include "receiver/UnixSocketFile.h"

namespace sluice {

Result<std::unique_ptr<UnixSocketFile>> UnixSocketFile::bind(const ListenAddress &address, Kind)
{
    // Winsock's AF_UNIX has streams only, and no Python on Windows speaks it.
    return Error{"The socket " + address.name + " cannot be made: Windows has no Unix sockets."};
}

Status UnixSocketFile::look(const ListenAddress &address, Kind kind)
{
    const auto bound = bind(address, kind);
    return bound ? Status() : Status(bound.error());
}

} // namespace sluice
