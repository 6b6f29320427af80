#include "wire/PickleWriter.h"

#include "base/Utf8.h"
#include "format/Formatter.h"
#include "wire/NumberText.h"
#include "wire/PickleText.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>

namespace sluice {

namespace {

/// pickle writes members in batches of so many.
constexpr std::size_t batchSize = 1000;

void appendLittleEndian(std::uint64_t number, int bytes, std::string &out)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(number >> 8 * i);
}

void appendBigEndian(std::uint64_t number, int bytes, std::string &out)
{
    for (int i = bytes - 1; i >= 0; --i)
        out += static_cast<char>(number >> 8 * i);
}

/// Whether the compiler interns a constant like this.
bool isNameLike(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

/// The empty string and the characters up to U+00FF exist once.
bool isSingleton(std::string_view text)
{
    return text.size() <= 1 || (text.size() == 2 && (static_cast<unsigned char>(text[0]) == 0xC2 ||
                                                     static_cast<unsigned char>(text[0]) == 0xC3));
}

std::uint32_t hashOf(std::string_view text)
{
    return static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
}

} // namespace

Status PickleWriter::makePickle(const LogRecord &record, std::string &out)
{
    m_message.clear();
    if (Status status = appendMessage(record, m_message); !status)
        return status;

    const std::size_t frame = out.size();
    out.append(4, '\0');
    begin(out);
    out += '}';
    memoize();
    out += '(';
    std::size_t entries = 0;
    const auto nextEntry = [&] {
        if (entries++ == batchSize) {
            out += "u(";
            entries = 1;
        }
    };
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const auto which = static_cast<Attribute>(i);
        const Value value = record[which];
        if (which == Attribute::TaskName && value.isNone())
            continue;
        nextEntry();
        writeText(attributeName(which), Identity::Constant);
        attribute(which, value);
    }
    for (const Field &field : record.extra) {
        if (field.key.chars() == "message")
            continue;
        nextEntry();
        writeText(field.key.chars(), Identity::Constant);
        write(field.value);
    }
    out += entries == batchSize ? "u(u." : "u.";

    const std::size_t size = out.size() - frame - 4;
    if (size > std::numeric_limits<std::uint32_t>::max()) {
        out.resize(frame);
        return Error{"The record is too large for a frame of the SocketHandler."};
    }
    for (int i = 0; i < 4; ++i)
        out[frame + static_cast<std::size_t>(i)] = static_cast<char>(size >> 8 * (3 - i));
    return {};
}

void PickleWriter::attribute(Attribute attribute, const Value &value)
{
    switch (attribute) {
    case Attribute::Msg: {
        // getMessage() hands on the very object if there is nothing to merge.
        writeText(m_message, Identity::Constant);
        return;
    }
    case Attribute::Args:
    case Attribute::ExcInfo:
        write(Value::none());
        return;
    case Attribute::Pathname:
        if (!value.isText())
            break;
        writeText(value.chars(), Identity::Own);
        m_pathname = {value.chars(), 0, m_memoCount - 1};
        return;
    case Attribute::Filename:
        writeCut(value, m_pathname, m_filename);
        return;
    case Attribute::Module: {
        MemoEntry module;
        writeCut(value, m_filename, module);
        return;
    }
    default:
        break;
    }
    write(value);
}

/// Where there is nothing to cut off, os.path returns the very object it was given.
void PickleWriter::writeCut(const Value &value, const MemoEntry &whole, MemoEntry &cut)
{
    const std::string_view text = value.chars();
    if (!value.isText()) {
        write(value);
    } else if (text == whole.text && !isSingleton(text)) {
        recall(whole.index);
        cut = whole;
    } else {
        writeText(text, Identity::Own);
        cut = {text, 0, m_memoCount - 1};
    }
}

void PickleWriter::dump(const Value &value, std::string &out)
{
    begin(out);
    write(value);
    out += '.';
}

void PickleWriter::begin(std::string &out)
{
    m_out = &out;
    m_memoCount = 0;
    m_texts.clear();
    m_globals.clear();
    m_pathname = {};
    m_filename = {};
}

void PickleWriter::write(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None:
        *m_out += 'N';
        break;
    case Value::Kind::Bool:
        *m_out += value.asBool() ? "I01\n" : "I00\n";
        break;
    case Value::Kind::Int:
        writeInteger(value.asInt());
        break;
    case Value::Kind::BigInt:
        *m_out += 'L';
        *m_out += value.chars();
        *m_out += "L\n";
        break;
    case Value::Kind::Float:
        *m_out += 'G';
        appendBigEndian(std::bit_cast<std::uint64_t>(value.asReal()), 8, *m_out);
        break;
    case Value::Kind::Text:
        writeText(value.chars(), Identity::Constant);
        break;
    case Value::Kind::Inert:
        writeText(value.chars(), Identity::Own);
        break;
    case Value::Kind::Bytes:
        writeBytes(value.chars());
        break;
    case Value::Kind::List:
        writeList(value.items());
        break;
    case Value::Kind::Tuple:
        if (value.items().empty()) {
            *m_out += ')';
            break;
        }
        *m_out += '(';
        for (const Value &item : value.items())
            write(item);
        *m_out += 't';
        memoize();
        break;
    case Value::Kind::Set:
    case Value::Kind::FrozenSet:
        writeGlobal(value.kind() == Value::Kind::Set ? "__builtin__\nset\n" : "__builtin__\nfrozenset\n");
        *m_out += '(';
        writeList(value.items());
        *m_out += 't';
        memoize();
        *m_out += 'R';
        memoize();
        break;
    case Value::Kind::Dict:
        writeDict(value.entries());
        break;
    }
}

void PickleWriter::writeText(std::string_view text, Identity identity)
{
    const bool shared = isSingleton(text) || (identity == Identity::Constant && isNameLike(text));
    if (shared && writeKnown(text))
        return;
    *m_out += 'X';
    appendLittleEndian(text.size(), 4, *m_out);
    *m_out += text;
    const std::uint32_t index = memoize();
    if (shared)
        remember(text, index);
}

void PickleWriter::writeInteger(std::int64_t number)
{
    if (number < std::numeric_limits<std::int32_t>::min() ||
        number > std::numeric_limits<std::int32_t>::max()) {
        *m_out += 'L';
        *m_out += std::to_string(number);
        *m_out += "L\n";
    } else if (number >= 0 && number <= 0xFF) {
        *m_out += 'K';
        *m_out += static_cast<char>(number);
    } else if (number >= 0 && number <= 0xFFFF) {
        *m_out += 'M';
        appendLittleEndian(static_cast<std::uint64_t>(number), 2, *m_out);
    } else {
        *m_out += 'J';
        appendLittleEndian(static_cast<std::uint64_t>(number), 4, *m_out);
    }
}

void PickleWriter::writeBytes(std::string_view bytes)
{
    if (bytes.empty()) {
        writeGlobal("__builtin__\nbytes\n");
        *m_out += ')';
    } else {
        writeGlobal("_codecs\nencode\n");
        *m_out += '(';
        const std::string text = pickletext::fromLatin1(bytes);
        if (isSingleton(text)) {
            // A view into `text` must not stay in the memo.
            if (!writeKnown(text)) {
                *m_out += 'X';
                appendLittleEndian(text.size(), 4, *m_out);
                *m_out += text;
                memoize();
            }
        } else {
            writeText(text, Identity::Own);
        }
        writeText("latin1", Identity::Constant);
        *m_out += 't';
        memoize();
    }
    *m_out += 'R';
    memoize();
}

void PickleWriter::writeGlobal(std::string_view moduleAndName)
{
    const auto known = std::ranges::find(m_globals, moduleAndName, &MemoEntry::text);
    if (known != m_globals.end()) {
        recall(known->index);
        return;
    }
    *m_out += 'c';
    *m_out += moduleAndName;
    m_globals.push_back({moduleAndName, 0, memoize()});
}

void PickleWriter::writeList(std::span<const Value> items)
{
    *m_out += ']';
    memoize();
    if (items.size() == 1) {
        write(items[0]);
        *m_out += 'a';
        return;
    }
    while (!items.empty()) {
        const std::size_t count = std::min(items.size(), batchSize);
        *m_out += '(';
        for (const Value &item : items.first(count))
            write(item);
        *m_out += 'e';
        items = items.subspan(count);
    }
}

void PickleWriter::writeDict(std::span<const Field> entries)
{
    *m_out += '}';
    memoize();
    if (entries.empty())
        return;
    if (entries.size() == 1) {
        write(entries[0].key);
        write(entries[0].value);
        *m_out += 's';
        return;
    }
    // CPython notices the end only after a batch that is not full.
    for (std::size_t count = batchSize; count == batchSize; entries = entries.subspan(count)) {
        count = std::min(entries.size(), batchSize);
        *m_out += '(';
        for (const Field &field : entries.first(count)) {
            write(field.key);
            write(field.value);
        }
        *m_out += 'u';
    }
}

bool PickleWriter::writeKnown(std::string_view text)
{
    const std::uint32_t hash = hashOf(text);
    for (const MemoEntry &entry : m_texts) {
        if (entry.hash == hash && entry.text == text) {
            recall(entry.index);
            return true;
        }
    }
    return false;
}

void PickleWriter::remember(std::string_view text, std::uint32_t index)
{
    // Beyond this no record of a program has constants, and the search would become slow.
    constexpr std::size_t maxTexts = 256;
    if (m_texts.size() < maxTexts)
        m_texts.push_back({text, hashOf(text), index});
}

std::uint32_t PickleWriter::memoize()
{
    if (m_memoCount < 256) {
        *m_out += 'q';
        *m_out += static_cast<char>(m_memoCount);
    } else {
        *m_out += 'r';
        appendLittleEndian(m_memoCount, 4, *m_out);
    }
    return m_memoCount++;
}

void PickleWriter::recall(std::uint32_t index)
{
    if (index < 256) {
        *m_out += 'h';
        *m_out += static_cast<char>(index);
    } else {
        *m_out += 'j';
        appendLittleEndian(index, 4, *m_out);
    }
}

} // namespace sluice
