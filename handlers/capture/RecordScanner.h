#pragma once

#include "base/FileReader.h"
#include "text/TextFormat.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace sluice {

/// Finds where records begin in a part of a text file, and nothing else about them. For one thread.
class RecordScanner
{
public:
    RecordScanner(const FileReader &file, TextFormatPtr format);

    /// Whether a line begins a record, told by as much of it as is looked at.
    static bool begins(const TextFormat &format, std::string_view line)
    {
        return format.begins(line.substr(0, lineBytes));
    }

    /// A page: records behind one another.
    struct Page
    {
        std::uint64_t offset = 0; ///< in the file
        std::uint32_t rows = 0;
    };

    /// The records that begin in [`from`, `to`), in pages of at least `pageBytes` but for the last one. The file is
    /// looked at up to `end`. Ends early when `cancelled` is set, or where the file cannot be read: false then.
    bool scan(std::uint64_t from, std::uint64_t to, std::uint64_t end, std::size_t pageBytes,
              const std::atomic<bool> &cancelled, std::vector<Page> &pages);

private:
    static constexpr std::size_t lineBytes = std::size_t{256} << 10;

    void addRecord(std::uint64_t offset, std::size_t pageBytes, std::vector<Page> &pages);

    const FileReader &m_file;
    const TextFormatPtr m_format;
    std::array<bool, 256> m_canBegin{};
    std::string m_buffer;
};

} // namespace sluice
