#include "text/LogfmtTextFormat.h"

#include "text/RecordKeys.h"
#include "text/TextRecord.h"

#include <charconv>

namespace sluice {

namespace {

constexpr std::size_t maxKeyBytes = 128;

bool isKeyByte(char c)
{
    return static_cast<unsigned char>(c) > ' ' && c != '=' && c != '"' && c != '\x7F';
}

std::string_view takeKey(std::string_view text, std::size_t &at)
{
    const std::size_t begin = at;
    while (at < text.size() && isKeyByte(text[at]))
        ++at;
    return text.substr(begin, at - begin);
}

/// Behind the opening quote; false if it is never closed.
bool takeQuoted(std::string_view text, std::size_t &at, std::string &scratch, Arena &arena, std::string_view &value)
{
    const std::size_t begin = at;
    bool isEscaped = false;
    while (at < text.size() && text[at] != '"') {
        isEscaped = isEscaped || text[at] == '\\';
        at += text[at] == '\\' ? 2 : 1;
    }
    if (at >= text.size())
        return false;
    value = text.substr(begin, at - begin);
    ++at;
    if (!isEscaped)
        return true;
    scratch.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\' || i + 1 == value.size()) {
            scratch += value[i];
            continue;
        }
        switch (const char c = value[++i]) {
        case 'n':
            scratch += '\n';
            break;
        case 't':
            scratch += '\t';
            break;
        case 'r':
            scratch += '\r';
            break;
        default:
            scratch += c;
        }
    }
    value = arena.copy(scratch);
    return true;
}

} // namespace

LogfmtTextFormat::LogfmtTextFormat() : TextFormat("logfmt", "logfmt: key=value pairs")
{
    m_head.addVisible();
    m_looksCloser = true;
    m_weight = 4;
}

bool LogfmtTextFormat::beginsWhole(std::string_view line) const
{
    std::size_t at = 0;
    const std::string_view key = takeKey(line, at);
    return !key.empty() && key.size() <= maxKeyBytes && at < line.size() && line[at] == '=' && key.front() != '[' &&
           key.find_first_of("()<>{}[],;") == std::string_view::npos;
}

bool LogfmtTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    if (!beginsWhole(first))
        return false;
    RecordKeys keys(record);
    for (std::size_t at = 0; at < first.size();) {
        if (first[at] == ' ' || first[at] == '\t') {
            ++at;
            continue;
        }
        const std::string_view key = takeKey(first, at);
        if (key.empty() || key.size() > maxKeyBytes)
            return false;
        if (at >= first.size() || first[at] != '=') {
            keys.add(key, Value::boolean(true));
            continue;
        }
        ++at;
        std::string_view value;
        if (at < first.size() && first[at] == '"') {
            ++at;
            if (!takeQuoted(first, at, record.context().scratch, record.arena(), value))
                return false;
        } else {
            const std::size_t begin = at;
            while (at < first.size() && first[at] != ' ' && first[at] != '\t')
                ++at;
            value = first.substr(begin, at - begin);
        }
        keys.add(key, Value::text(value));
    }
    if (!keys.finish())
        return false;
    if (whole.size() > first.size())
        record.setMessageBefore(record.record().text(Attribute::Msg), whole.substr(first.size()));
    return true;
}

} // namespace sluice
