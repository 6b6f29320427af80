#pragma once

#include <memory>
#include <string>

namespace sluice {

/// Sees whether something has happened to a file's path, of which stat() is the one other way to know: at a fifth of that one's cost, and
/// as promptly, since a change is seen from the moment in which it is done. Linux alone can; elsewhere begin() says no. For one thread.
class PathWatch
{
public:
    PathWatch();
    ~PathWatch();

    /// From now on, for what the path leads to now: who wants to know what that is asks afterwards. False, and none is on, where it cannot be
    /// seen: a path that is relative or has links in it, file systems that other machines change or that show those of others, no right
    /// to look into a folder, too many watches of this user.
    bool begin(const std::string &path);
    void end();
    bool isOn() const { return bool(m_system); }
    /// Whether the path certainly leads to the same file, neither that nor a folder above it having been moved, replaced, removed or given
    /// other rights, and nothing mounted. Else it is to be begun anew. Only while it is on.
    bool isQuiet() const;

private:
    struct System;
    std::unique_ptr<System> m_system;
};

} // namespace sluice
