#pragma once

#include "base/Result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

class RolloverSchedule;

/// The old files of a TimedRotatingFileHandler, told by their names.
///
/// The first file of a period is app.log.STAMP; those that follow in it are app.log.STAMP.1, app.log.STAMP.2
/// and so on. A namer may make other names of these.
class TimedBackups
{
public:
    struct File
    {
        std::string path;
        std::string stamp;
        std::string head;         ///< the name up to the stamp's end, which sorts by time
        std::uint64_t number = 0; ///< within its period
        bool isOurs = false;      ///< this handler would give it this very name
    };

    /// `name`: makes a file's name of the default one, as the handler's rotationFilename. `endings`: what
    /// may stand behind it ("" and ".gz"). `hasNamer`: as in CPython, which files are ours is then found by
    /// making their names again.
    TimedBackups(std::string path, const RolloverSchedule &schedule,
                 std::function<std::string(const std::string &)> name, bool hasNamer,
                 std::vector<std::string> endings);

    /// All that Python's getFilesToDelete would find, the oldest first. Without a namer these are also files
    /// that others have renamed (app.log.2024-01-31.bz2).
    Result<std::vector<File>> find() const;

    /// The default name for the file that ends a period: none that is taken, and behind all that are.
    std::string freeName(const std::string &stamp) const;

private:
    bool findByParts(const std::string &name, File &file) const;
    bool findByNamer(const std::string &name, File &file) const;
    bool isName(const std::string &defaultName, const std::string &name) const;
    bool isTaken(const std::string &defaultName) const;

    std::string m_path;
    const RolloverSchedule &m_schedule;
    std::function<std::string(const std::string &)> m_name;
    bool m_hasNamer;
    std::vector<std::string> m_endings;
};

} // namespace sluice
