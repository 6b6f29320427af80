#include "text/PythonTextFormat.h"

#include "text/TextRecord.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sluice {

namespace {

constexpr std::size_t maxPieces = 32;
constexpr std::size_t maxLevelBytes = 32;

/// "CRITICAL", to which levels are padded.
constexpr std::size_t longestUsualLevel = 8;

void skipSpaces(std::string_view line, std::size_t &at, std::size_t most)
{
    while (at < most && at < line.size() && line[at] == ' ')
        ++at;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

bool isNameStart(char c)
{
    constexpr std::string_view others = "_<(/.$@";
    return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80) || others.find(c) != std::string_view::npos;
}

/// A word that somebody may have given to addLevelName: all capitals or all small, since "ValueError" is none.
bool isLevelWord(std::string_view word)
{
    bool hasCapital = false;
    bool hasSmall = false;
    for (const char c : word) {
        const bool isCapital = c >= 'A' && c <= 'Z';
        const bool isSmall = c >= 'a' && c <= 'z';
        hasCapital = hasCapital || isCapital;
        hasSmall = hasSmall || isSmall;
        if (!isCapital && !isSmall && !isDigit(c) && c != '_' && c != '-' && c != ' ')
            return false;
    }
    return word.size() <= maxLevelBytes && hasCapital != hasSmall;
}

std::string titleOf(const std::string &format) { return "Python: " + format; }

} // namespace

struct PythonTextFormat::Scan
{
    TimeParts time;
    std::string_view timeText;
    bool hasTime = false;
    bool hasSeconds = false;
    Nanoseconds seconds = 0;
    int milliseconds = -1;
    TextLevel level;
    std::string_view levelText;
    std::string_view message;
    std::array<std::string_view, maxPieces> texts;
    std::array<std::int64_t, maxPieces> numbers;
    std::size_t index = 0; ///< of the piece
};

Result<TextFormatPtr> PythonTextFormat::create(const Options &options)
{
    auto format = std::shared_ptr<PythonTextFormat>(new PythonTextFormat(options));
    if (Status status = format->compile(options); !status)
        return status.error();
    return TextFormatPtr(std::move(format));
}

PythonTextFormat::PythonTextFormat(const Options &options)
    : TextFormat(options.name, options.title.empty() ? titleOf(options.format) : options.title),
      m_isLoose(options.isLoose)
{
}

Status PythonTextFormat::compile(const Options &options)
{
    const auto fields =
        FormatFields::parse(options.format, options.style.value_or(FormatFields::guessStyle(options.format)));
    if (!fields)
        return fields.error();
    if (options.datefmt && !options.datefmt->empty()) {
        auto pattern = TimePattern::create(*options.datefmt);
        if (!pattern)
            return pattern.error();
        m_time = std::move(*pattern);
    }
    if (options.format.find_first_of("\r\n") != std::string::npos)
        return Error{"A format of more than one line cannot be read back."};
    m_prefix = fields->literal;
    for (const FormatField &field : fields->fields) {
        if (Status status = addPiece(field); !status)
            return status;
    }
    for (std::size_t i = 0; i + 1 < m_pieces.size(); ++i) {
        const Piece &piece = m_pieces[i];
        const bool endsItself = piece.kind == Kind::Time || piece.kind == Kind::Integer || piece.kind == Kind::Seconds ||
                                piece.kind == Kind::Msecs || piece.kind == Kind::LevelNumber;
        if (piece.end.empty() && !endsItself)
            return Error{"Nothing stands between the fields " + piece.name + " and " + m_pieces[i + 1].name +
                         ", so nothing says where one ends."};
    }
    m_weight = int(std::ranges::count_if(m_pieces, [](const Piece &piece) { return piece.kind != Kind::Skip; }));
    makeHead();
    return {};
}

Status PythonTextFormat::addPiece(const FormatField &field)
{
    Piece piece;
    piece.name = field.name;
    piece.end = field.literal;
    piece.width = field.width;
    if (field.width) {
        piece.padsLeft = field.align == '>' || field.align == '^';
        piece.padsRight = field.align == '<' || field.align == '^' || field.align == 0;
    }
    const auto attribute = attributeFromName(field.name);
    if (attribute)
        piece.attribute = *attribute;
    if (field.name == "asctime") {
        piece.kind = Kind::Time;
    } else if (field.name == "message") {
        piece.kind = Kind::Message;
    } else if (!attribute) {
        piece.kind = Kind::Extra;
    } else {
        switch (*attribute) {
        case Attribute::Msg:
            piece.kind = Kind::Message;
            break;
        case Attribute::Levelname:
            piece.kind = Kind::Level;
            break;
        case Attribute::Levelno:
            piece.kind = Kind::LevelNumber;
            break;
        case Attribute::Created:
            piece.kind = Kind::Seconds;
            break;
        case Attribute::Msecs:
            piece.kind = Kind::Msecs;
            break;
        case Attribute::Lineno:
        case Attribute::Thread:
        case Attribute::Process:
            piece.kind = Kind::Integer;
            break;
        case Attribute::RelativeCreated:
        case Attribute::Args:
        case Attribute::ExcInfo:
            piece.kind = Kind::Skip;
            break;
        default:
            piece.kind = Kind::Text;
        }
    }
    m_pieces.push_back(std::move(piece));
    return {};
}

void PythonTextFormat::makeHead()
{
    m_head.addText(m_prefix);
    // Beyond a field whose length differs nothing is known.
    bool isKnown = true;
    for (const Piece &piece : m_pieces) {
        if (!isKnown)
            break;
        switch (piece.kind) {
        case Kind::Time:
            if (m_time) {
                isKnown = m_time->addTo(m_head);
            } else {
                m_head.addDigits(4);
                for (const char *separators : {"-/", "-/", " T", ":", ":"}) {
                    m_head.add(separators);
                    m_head.addDigits(2);
                }
                isKnown = false;
            }
            break;
        case Kind::Level: {
            isKnown = false;
            if (piece.padsLeft)
                break;
            if (!m_isLoose) {
                // Programs give names of their own to levels.
                m_head.add(LineHead::letters);
                break;
            }
            constexpr std::size_t shortest = 4;
            for (std::size_t i = 0; i < shortest; ++i) {
                std::string bytes = "L"; // "Level 35"
                if (i > 0)
                    bytes = std::string_view("Leve").substr(i, 1);
                for (const std::string_view level : capitalLevels)
                    bytes += level[i];
                m_head.add(bytes);
            }
            break;
        }
        case Kind::Seconds:
        case Kind::Integer:
        case Kind::LevelNumber:
        case Kind::Msecs:
            if (!piece.padsLeft)
                m_head.add(LineHead::digits);
            isKnown = false;
            break;
        default:
            isKnown = false;
            // A name is no white space; a message may begin with some, or be empty.
            if (m_head.length() == 0 && (piece.kind != Kind::Message || m_pieces.size() == 1))
                m_head.addVisible();
        }
        if (isKnown)
            m_head.addText(piece.end);
    }
    // Ten places and more tell a record from any text; a message alone is any line that is not indented.
    constexpr std::size_t sure = 10;
    const bool isMessageAlone = m_pieces.size() == 1 && m_pieces.front().kind == Kind::Message && m_prefix.empty();
    m_looksCloser = m_head.length() < sure && !isMessageAlone;
}

bool PythonTextFormat::beginsWhole(std::string_view line) const
{
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    Scan found;
    return scan(line, found);
}

std::size_t PythonTextFormat::findEnd(const Piece &piece, std::string_view line, std::size_t from) const
{
    // What is padded is at least so long; a name may contain what stands behind it no earlier than that.
    from += piece.width;
    return from <= line.size() ? line.find(piece.end, from) : std::string_view::npos;
}

bool PythonTextFormat::takeNumber(const Piece &piece, std::string_view line, std::size_t &at, Scan &found) const
{
    while (piece.padsLeft && at < line.size() && line[at] == ' ')
        ++at;
    const std::size_t begin = at;
    std::int64_t number = 0;
    const char *const end = line.data() + line.size();
    const auto [next, error] = std::from_chars(line.data() + at, end, number);
    if (error != std::errc())
        return false;
    at = static_cast<std::size_t>(next - line.data());
    found.texts[found.index] = line.substr(begin, at - begin);
    switch (piece.kind) {
    case Kind::Seconds: {
        constexpr std::int64_t last = 9'000'000'000; // as seconds; beyond there are no Nanoseconds
        if (number < 0 || number > last)
            return false;
        TimeParts fraction;
        if (at + 1 < line.size() && line[at] == '.' && isDigit(line[at + 1]))
            at += 1 + readFraction(line.substr(at + 1), fraction);
        found.seconds = number * nanosecondsPerSecond + fraction.nanoseconds;
        found.hasSeconds = true;
        found.timeText = line.substr(begin, at - begin);
        break;
    }
    case Kind::Msecs:
        if (number < 0 || number > 1000)
            return false;
        found.milliseconds = int(std::min<std::int64_t>(number, 999));
        if (at + 1 < line.size() && line[at] == '.' && isDigit(line[at + 1])) {
            TimeParts rest;
            at += 1 + readFraction(line.substr(at + 1), rest);
        }
        break;
    case Kind::LevelNumber:
        if (number < 0 || number > 1000)
            return false;
        if (found.levelText.empty()) {
            found.level = pythonLevel(int(number));
            found.levelText = found.texts[found.index];
        }
        break;
    default:
        found.numbers[found.index] = number;
    }
    while (piece.padsRight && at < line.size() && line[at] == ' ' && !line.substr(at).starts_with(piece.end))
        ++at;
    return true;
}

bool PythonTextFormat::takeText(const Piece &piece, bool isLast, std::string_view line, std::size_t &at, Scan &found) const
{
    const std::size_t begin = at;
    std::size_t end = line.size();
    if (!piece.end.empty()) {
        if (piece.kind == Kind::Message && isLast)
            end = line.ends_with(piece.end) ? line.size() - piece.end.size() : std::string_view::npos;
        else if (piece.kind == Kind::Message)
            end = line.rfind(piece.end);
        else
            end = findEnd(piece, line, begin);
        if (end == std::string_view::npos || end < begin)
            return false;
    }
    at = end;
    std::string_view text = line.substr(begin, end - begin);
    if (piece.padsLeft || piece.padsRight || piece.kind == Kind::Level || (m_isLoose && piece.kind != Kind::Message))
        text = trimmed(text);
    switch (piece.kind) {
    case Kind::Message:
        found.message = text;
        return true;
    case Kind::Level: {
        if (const auto known = levelFromWord(text))
            found.level = *known;
        else if (m_isLoose || !isLevelWord(text))
            return false;
        else
            found.level = levelOrInfo(text);
        found.levelText = text;
        return true;
    }
    case Kind::Text: {
        if (text.empty())
            return false;
        // A logger, a module or a file has a name; where it has spaces, or is a dash, this is rather another format.
        const bool isThread = piece.attribute == Attribute::ThreadName || piece.attribute == Attribute::TaskName;
        if (m_isLoose && !isThread && (text.find(' ') != std::string_view::npos || !isNameStart(text.front())))
            return false;
        break;
    }
    default:
        break;
    }
    found.texts[found.index] = text;
    return true;
}

bool PythonTextFormat::take(const Piece &piece, bool isLast, std::string_view line, std::size_t &at, Scan &found) const
{
    switch (piece.kind) {
    case Kind::Time: {
        while (piece.padsLeft && at < line.size() && line[at] == ' ')
            ++at;
        const std::string_view rest = line.substr(at);
        const std::size_t bytes = m_time ? m_time->read(rest, found.time) : readTimeParts(rest, found.time);
        if (bytes == 0)
            return false;
        found.timeText = rest.substr(0, bytes);
        found.hasTime = true;
        at += bytes;
        while (piece.padsRight && at < line.size() && line[at] == ' ' && !line.substr(at).starts_with(piece.end))
            ++at;
        return true;
    }
    case Kind::Integer:
    case Kind::Seconds:
    case Kind::Msecs:
    case Kind::LevelNumber:
        return takeNumber(piece, line, at, found);
    default:
        return takeText(piece, isLast, line, at, found);
    }
}

bool PythonTextFormat::scan(std::string_view line, Scan &found) const
{
    if (!line.starts_with(m_prefix))
        return false;
    std::size_t at = m_prefix.size();
    for (found.index = 0; found.index < m_pieces.size(); ++found.index) {
        const Piece &piece = m_pieces[found.index];
        const bool isLast = found.index + 1 == m_pieces.size();
        if (m_isLoose && piece.kind != Kind::Message)
            skipSpaces(line, at, line.size());
        const std::size_t begin = at;
        if (!take(piece, isLast, line, at, found))
            return false;
        const std::string_view rest = line.substr(at);
        if (rest.starts_with(piece.end)) {
            at += piece.end.size();
            if (m_isLoose && piece.kind == Kind::Level)
                skipSpaces(line, at, begin + longestUsualLevel + piece.end.size());
        } else {
            // An empty message, whose line somebody has trimmed.
            const bool isEmptyMessage = !isLast && found.index + 2 == m_pieces.size() &&
                                        m_pieces.back().kind == Kind::Message && m_pieces.back().end.empty() &&
                                        piece.end.starts_with(rest) && trimmed(piece.end.substr(rest.size())).empty();
            if (!isEmptyMessage)
                return false;
            found.message = line.substr(line.size());
            return true;
        }
    }
    return at == line.size();
}

bool PythonTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    Scan found;
    if (!scan(first, found))
        return false;
    if (found.hasSeconds) {
        record.setTime(found.seconds, found.timeText);
    } else if (found.hasTime) {
        if (found.milliseconds >= 0)
            found.time.nanoseconds = found.milliseconds * 1'000'000;
        if (!record.setTime(found.time, found.timeText))
            return false;
    }
    if (!found.levelText.empty())
        record.setLevel(found.level, found.levelText);
    bool hasMessage = false;
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        const Piece &piece = m_pieces[i];
        switch (piece.kind) {
        case Kind::Message:
            hasMessage = true;
            if (i + 1 == m_pieces.size() && piece.end.empty())
                record.setMessage(found.message, whole);
            else
                record.setMessageBefore(found.message, whole.substr(first.size()));
            break;
        case Kind::Text:
            record.setText(piece.attribute, found.texts[i]);
            break;
        case Kind::Integer:
            record.set(piece.attribute, Value::integer(found.numbers[i]));
            record.note(piece.name, found.texts[i]);
            break;
        case Kind::Extra:
            record.addExtraText(piece.name, found.texts[i]);
            break;
        default:
            break;
        }
    }
    if (!hasMessage)
        record.setMessage(first, whole);
    return true;
}

} // namespace sluice
