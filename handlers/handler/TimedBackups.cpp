#include "handler/TimedBackups.h"

#include "base/NativeFile.h"
#include "handler/RolloverSchedule.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>
#include <utility>

namespace sluice {

namespace {

/// Python's os.path.splitext(name)[0].
std::string_view stem(std::string_view name)
{
    const std::size_t dot = name.find_last_of('.');
    const std::size_t first = name.find_first_not_of('.');
    return dot == std::string_view::npos || first == std::string_view::npos || dot < first
               ? name
               : name.substr(0, dot);
}

/// "17" at the beginning of a text, up to a dot or the end.
std::optional<std::uint64_t> leadingNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || (end != text.data() + text.size() && *end != '.'))
        return std::nullopt;
    return number;
}

std::string numbered(const std::string &path, const std::string &stamp, std::uint64_t number)
{
    return path + '.' + stamp + (number > 0 ? '.' + std::to_string(number) : std::string());
}

} // namespace

TimedBackups::TimedBackups(std::string path, const RolloverSchedule &schedule,
                           std::function<std::string(const std::string &)> name, bool hasNamer,
                           std::vector<std::string> endings)
    : m_path(std::move(path)), m_schedule(schedule), m_name(std::move(name)), m_hasNamer(hasNamer),
      m_endings(std::move(endings))
{
}

Result<std::vector<TimedBackups::File>> TimedBackups::find() const
{
    const std::string directory = files::split(m_path).directory;
    const auto names = files::names(directory);
    if (!names)
        return names.error();
    std::vector<File> found;
    for (const std::string &name : names.value()) {
        File file;
        if (m_hasNamer ? findByNamer(name, file) : findByParts(name, file)) {
            file.path = directory + (directory.ends_with('/') ? "" : "/") + name;
            found.push_back(std::move(file));
        }
    }
    std::ranges::sort(found, {},
                      [](const File &file) { return std::tie(file.head, file.number, file.path); });
    return found;
}

bool TimedBackups::findByParts(const std::string &name, File &file) const
{
    const std::string base = files::split(m_path).name;
    const std::string prefix = std::string(stem(base)) + '.';
    if (!name.starts_with(base) || !name.starts_with(prefix))
        return false;
    for (std::size_t at = prefix.size(); at <= name.size();) {
        const std::size_t end = std::min(name.find('.', at), name.size());
        if (m_schedule.isStamp(std::string_view(name).substr(at, end - at))) {
            file.stamp = name.substr(at, end - at);
            file.head = name.substr(0, end);
            if (end < name.size())
                file.number = leadingNumber(std::string_view(name).substr(end + 1)).value_or(0);
            file.isOurs = isName(numbered(m_path, file.stamp, file.number), name);
            return true;
        }
        at = end + 1;
    }
    return false;
}

bool TimedBackups::findByNamer(const std::string &name, File &file) const
{
    const auto isDigitAt = [&](std::size_t at) {
        return at < name.size() && name[at] >= '0' && name[at] <= '9';
    };
    const std::size_t length = m_schedule.stampLength();
    for (std::size_t at = 0; at + length <= name.size(); ++at) {
        const std::size_t end = at + length;
        if ((at > 0 && isDigitAt(at - 1)) || isDigitAt(end) ||
            !m_schedule.isStamp(std::string_view(name).substr(at, length)))
            continue;
        file.stamp = name.substr(at, length);
        file.head = name.substr(0, end);
        const auto number = end < name.size() && name[end] == '.'
                                ? leadingNumber(std::string_view(name).substr(end + 1))
                                : std::nullopt;
        for (const std::uint64_t candidate : {std::uint64_t{0}, number.value_or(0)}) {
            if (isName(numbered(m_path, file.stamp, candidate), name)) {
                file.number = candidate;
                file.isOurs = true;
                return true;
            }
        }
    }
    return false;
}

bool TimedBackups::isName(const std::string &defaultName, const std::string &name) const
{
    const std::string made = files::split(m_name(defaultName)).name;
    return std::ranges::any_of(m_endings, [&](const std::string &ending) { return made + ending == name; });
}

bool TimedBackups::isTaken(const std::string &defaultName) const
{
    const std::string made = m_name(defaultName);
    return std::ranges::any_of(m_endings,
                               [&](const std::string &ending) { return files::exists(made + ending); });
}

std::string TimedBackups::freeName(const std::string &stamp) const
{
    std::uint64_t number = 0;
    // A number whose file has been deleted is not given again: its file would seem older than it is.
    if (const auto found = find()) {
        for (const File &file : found.value()) {
            if (file.isOurs && file.stamp == stamp && file.number < UINT64_MAX)
                number = std::max(number, file.number + 1);
        }
    }
    // A namer that gives the same name to all is no reason to look for ever.
    for (const std::uint64_t limit = number + 1000;
         number < limit && isTaken(numbered(m_path, stamp, number));)
        ++number;
    return numbered(m_path, stamp, number);
}

} // namespace sluice
