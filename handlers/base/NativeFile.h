#pragma once

#include "base/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A file opened for writing through the system, with no buffer of its own: what was written is the system's
/// to keep. Paths are UTF-8. Errors are sentences with the path and the system's reason. Not thread-safe;
/// movable.
class NativeFile
{
public:
    enum class Mode {
        Append,   ///< Python's "a": every write goes to the end, wherever others have put it
        Truncate, ///< Python's "w"
        Create,   ///< Python's "x": fails where the file exists
        /// As Create, for nobody but the user who runs the program (on Windows: as the directory has it); every
        /// write goes to the end.
        CreatePrivate,
    };

    /// What a path leads to.
    struct Identity
    {
        std::uint64_t device = 0;
        std::uint64_t inode = 0;

        bool operator==(const Identity &) const = default;
    };

    /// What a line of text ends with in a file here, as Python's text mode writes it: "\n", and "\r\n" on
    /// Windows.
    static const std::string_view newline;

    NativeFile() = default;
    ~NativeFile();
    NativeFile(NativeFile &&other) noexcept;
    NativeFile &operator=(NativeFile &&other) noexcept;

    /// Files made get the permissions 0666 less the umask, as Python's. On Windows others may rename and
    /// remove the file while it is open.
    static Result<NativeFile> open(const std::string &path, Mode mode);

    bool isOpen() const { return m_handle != closed; }

    struct Written
    {
        std::size_t bytes = 0; ///< of what was given, from its beginning
        Status status;
    };
    /// Writes all of it, or as much as can be written.
    Written write(std::string_view bytes);

    /// Size in bytes as it is now, whoever wrote it. 0 for what has no size (a pipe, a device).
    std::uint64_t size() const;
    /// Cuts off what is behind `size` bytes, where that can be done.
    Status truncate(std::uint64_t size);
    /// Whether a position in it has a meaning: not in a pipe or a terminal.
    bool isSeekable() const;
    /// Waits until what was written is on the disk.
    Status sync();
    /// Asked when it was opened: it cannot change.
    Identity identity() const { return m_identity; }

    Status close();

private:
    static constexpr std::intptr_t closed = -1;

    std::intptr_t m_handle = closed;
    std::string m_path;
    Identity m_identity;
};

/// The file system, as far as handlers need it.
namespace files {

bool exists(const std::string &path);
/// Whether it is there and no directory, device, pipe or socket. Follows links.
bool isRegular(const std::string &path);
/// None where the path leads to no file, or cannot be followed.
std::optional<NativeFile::Identity> identity(const std::string &path);
/// When it was last written to, in seconds since the epoch.
Result<std::int64_t> modified(const std::string &path);
/// Puts `from` in the place of `to`. On Windows, where another program may hold either for a moment, it tries for
/// up to 100 ms.
Status rename(const std::string &from, const std::string &to);
Status remove(const std::string &path);
/// A directory for nobody but the user who runs the program, and those above it, where they are missing. One that is
/// there stays as it is.
Status makePrivateDirectory(const std::string &path);
/// Bytes that the disk of a directory has left for this user; none where it cannot be asked.
std::optional<std::uint64_t> freeSpace(const std::string &directory);
/// The names in a directory, in no order, without "." and "..".
Result<std::vector<std::string>> names(const std::string &directory);
/// A path without its last name, and that name. "/" and "" stay as they are.
struct PathParts
{
    std::string directory;
    std::string name;
};
PathParts split(const std::string &path);
/// What may stand between the names of a path: "/", and on Windows "\\" too.
extern const std::string_view separators;
/// Whether names are the same file's that differ in capitals alone: on Windows.
extern const bool ignoresCase;
/// Python's os.path.abspath: by the working directory, without "." and "..", links not followed.
std::string absolute(const std::string &path);

} // namespace files
} // namespace sluice
