#include "node/NodeGuarantee.h"

#include <utility>

namespace sluice {

std::string groupedDigits(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

std::string recordsInWords(std::uint64_t records) { return groupedDigits(records) + (records == 1 ? " record" : " records"); }

std::string bytesInWords(std::uint64_t bytes)
{
    static constexpr std::pair<std::uint64_t, const char *> units[] = {
        {1'000'000'000, " GB"}, {1'000'000, " MB"}, {1000, " kB"}};
    for (const auto &[size, name] : units) {
        if (bytes >= size && bytes % size == 0)
            return groupedDigits(bytes / size) + name;
    }
    return groupedDigits(bytes) + (bytes == 1 ? " byte" : " bytes");
}

} // namespace sluice
