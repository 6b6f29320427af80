#include "text/GlogTextFormat.h"

#include "text/TextRecord.h"

#include <charconv>

namespace sluice {

GlogTextFormat::GlogTextFormat() : TextFormat("glog", "glog and klog: I1011 22:14:15.123456 4711 file.cc:42] message")
{
    m_head.add("IWEFDV");
    m_head.addDigits(4);
    m_head.add(" 0123456789");
    m_head.addDigits(2);
    m_weight = 6;
}

bool GlogTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    const std::size_t space = first.find(' ');
    TimeParts parts;
    std::size_t at = 1;
    if (space == 9) {
        parts.year = digitsAt(first, 1, 4);
        at = 5;
    } else if (space != 5) {
        return false;
    }
    parts.month = digitsAt(first, at, 2);
    parts.day = digitsAt(first, at + 2, 2);
    const std::size_t clock = readClock(first.substr(space + 1), parts);
    const std::size_t timeEnd = space + 1 + clock;
    if (clock == 0 || parts.month < 1 || parts.day < 1 || !parts.isValid() ||
        !record.setTime(parts, first.substr(1, timeEnd - 1)))
        return false;
    const auto level = levelFromLetter(first.front());
    if (!level)
        return false;
    record.setLevel(*level, first.substr(0, 1));

    const std::size_t close = first.find("] ", timeEnd);
    const bool isBare = close == std::string_view::npos && first.ends_with(']');
    if (close == std::string_view::npos && !isBare)
        return false;
    const std::size_t placeEnd = isBare ? first.size() - 1 : close;
    const std::size_t threadBegin = first.find_first_not_of(' ', timeEnd);
    const std::size_t threadEnd = first.find(' ', threadBegin);
    const std::size_t colon = first.rfind(':', placeEnd);
    if (threadEnd == std::string_view::npos || colon == std::string_view::npos || threadEnd > colon || colon > placeEnd)
        return false;
    const char *const data = first.data();
    std::int64_t number = 0;
    if (auto [end, error] = std::from_chars(data + threadBegin, data + threadEnd, number);
        error == std::errc() && end == data + threadEnd) {
        record.set(Attribute::Thread, Value::integer(number));
        record.note(attributeName(Attribute::Thread), first.substr(threadBegin, threadEnd - threadBegin));
    }
    if (auto [end, error] = std::from_chars(data + colon + 1, data + placeEnd, number);
        error == std::errc() && end == data + placeEnd) {
        record.set(Attribute::Lineno, Value::integer(number));
        record.note(attributeName(Attribute::Lineno), first.substr(colon + 1, placeEnd - colon - 1));
    }
    record.setText(Attribute::Filename, first.substr(threadEnd + 1, colon - threadEnd - 1));
    record.setMessage(isBare ? first.substr(first.size()) : first.substr(close + 2), whole);
    return true;
}

} // namespace sluice
