#include "base/TextEncoder.h"

#include "base/CodecNames.h"
#include "base/CodecTable.h"
#include "base/Utf8.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstring>
#include <optional>

namespace sluice {

/// Characters in a row that cannot be encoded.
class TextEncoder::Run
{
public:
    std::string_view text;    ///< them
    std::size_t position = 0; ///< of the first, in characters
    std::size_t count = 0;    ///< in characters
};

namespace {

std::optional<TextEncoder::Errors> errorsFrom(std::string_view name)
{
    using Errors = TextEncoder::Errors;
    static constexpr std::pair<std::string_view, Errors> known[] = {
        {"", Errors::Strict},
        {"strict", Errors::Strict},
        {"ignore", Errors::Ignore},
        {"replace", Errors::Replace},
        {"backslashreplace", Errors::BackslashReplace},
        {"xmlcharrefreplace", Errors::XmlCharRefReplace},
        {"surrogateescape", Errors::SurrogateEscape},
        {"surrogatepass", Errors::SurrogatePass},
    };
    for (const auto &[key, errors] : known) {
        if (key == name)
            return errors;
    }
    return std::nullopt;
}

/// As backslashreplace and CPython's messages write a character.
std::string escaped(char32_t c)
{
    char text[16];
    std::snprintf(text, sizeof text,
                  c < 0x100     ? "\\x%02x"
                  : c < 0x10000 ? "\\u%04x"
                                : "\\U%08x",
                  static_cast<unsigned>(c));
    return text;
}

void appendUnit(std::uint32_t unit, int bytes, bool bigEndian, std::string &out)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(unit >> 8 * (bigEndian ? bytes - 1 - i : i) & 0xFF);
}

bool hasSurrogates(std::string_view text)
{
    // All of them, and some Hangul, begin with ED.
    const char *at = text.data();
    const char *const end = at + text.size();
    while ((at = static_cast<const char *>(std::memchr(at, '\xED', static_cast<std::size_t>(end - at))))) {
        if (++at < end && static_cast<unsigned char>(*at) >= 0xA0)
            return true;
        if (at == end)
            break;
    }
    return false;
}

} // namespace

std::vector<std::string> encodingNames()
{
    std::vector<std::string> names{"ascii",     "latin-1",   "utf-16",    "utf-16-be", "utf-16-le", "utf-32",
                                   "utf-32-be", "utf-32-le", "utf-8",     "utf-8-sig"};
    for (const codecs::Table &table : codecs::allTables())
        names.emplace_back(table.name);
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Result<TextEncoder> TextEncoder::create(std::string_view encoding, std::string_view errors)
{
    const std::string wanted = encoding.empty() ? localeEncoding() : std::string(encoding);
    const std::string module = codecs::moduleFor(wanted);
    TextEncoder encoder;
    const auto kind = errorsFrom(errors);
    if (!kind) {
        if (errors == "namereplace")
            return Error{"the error handler namereplace is not supported"};
        return Error{"unknown error handler name '" + std::string(errors) + "'"};
    }
    encoder.m_errors = *kind;
    constexpr bool nativeBig = std::endian::native == std::endian::big;
    const auto utf = [&](Kind utfKind, const char *prefix) {
        encoder.m_kind = utfKind;
        encoder.m_asciiUnchanged = false;
        encoder.m_mark = module == prefix;
        encoder.m_bigEndian = encoder.m_mark ? nativeBig : module.ends_with("_be");
        encoder.m_name = module;
        std::ranges::replace(encoder.m_name, '_', '-');
    };
    if (module == "utf_8" || module == "utf_8_sig") {
        encoder.m_mark = module == "utf_8_sig";
    } else if (module == "ascii") {
        encoder.m_kind = Kind::Ascii;
        encoder.m_name = "ascii";
    } else if (module == "latin_1") {
        encoder.m_kind = Kind::Latin1;
        encoder.m_name = "latin-1";
    } else if (module == "utf_16" || module == "utf_16_le" || module == "utf_16_be") {
        utf(Kind::Utf16, "utf_16");
    } else if (module == "utf_32" || module == "utf_32_le" || module == "utf_32_be") {
        utf(Kind::Utf32, "utf_32");
    } else {
        const codecs::Table *table = codecs::tableOf(module);
        if (!table) {
            if (std::ranges::find(codecs::allUnsupported(), module) != codecs::allUnsupported().end())
                return Error{"the encoding " + wanted + " is not supported"};
            for (const std::string_view transform : {"base64_codec", "bz2_codec", "hex_codec", "quopri_codec",
                                                     "rot_13", "uu_codec", "zlib_codec"}) {
                if (module == transform)
                    return Error{"'" + wanted +
                                 "' is not a text encoding; use codecs.open() to handle arbitrary codecs"};
            }
            return Error{"unknown encoding: " + wanted};
        }
        encoder.m_kind = Kind::Table;
        encoder.m_multibyte = table->multibyte;
        encoder.m_name = table->multibyte ? std::string(table->name) : "charmap";
        encoder.m_table = CodecTable::load(*table);
        for (char32_t c = 0; c < 0x80 && encoder.m_asciiUnchanged; ++c) {
            std::string bytes;
            encoder.m_asciiUnchanged =
                encoder.m_table->encode(c, bytes) && bytes == std::string(1, static_cast<char>(c));
        }
    }
    return encoder;
}

bool TextEncoder::isUnchanged(std::string_view text, bool startOfStream) const
{
    if (m_mark && startOfStream)
        return false;
    if (m_kind == Kind::Utf8)
        return !hasSurrogates(text);
    return m_asciiUnchanged && utf8::isAscii(text);
}

bool TextEncoder::encodeOne(char32_t c, std::string &out) const
{
    switch (m_kind) {
    case Kind::Ascii:
    case Kind::Latin1:
        if (c >= (m_kind == Kind::Ascii ? 0x80u : 0x100u))
            return false;
        out += static_cast<char>(c);
        return true;
    case Kind::Table:
        return m_table->encode(c, out);
    default:
        break;
    }
    if (utf8::isSurrogate(c))
        return false;
    if (m_kind == Kind::Utf8) {
        utf8::append(out, c);
    } else if (m_kind == Kind::Utf32) {
        appendUnit(c, 4, m_bigEndian, out);
    } else if (c < 0x10000) {
        appendUnit(c, 2, m_bigEndian, out);
    } else {
        appendUnit(0xD800 + ((c - 0x10000) >> 10), 2, m_bigEndian, out);
        appendUnit(0xDC00 + ((c - 0x10000) & 0x3FF), 2, m_bigEndian, out);
    }
    return true;
}

/// Whether CPython's encoder deals with a further character together with those before it.
bool TextEncoder::runGoesOn(char32_t c) const
{
    if (m_multibyte || m_kind == Kind::Utf16 || m_kind == Kind::Utf32)
        return false;
    std::string bytes;
    return !encodeOne(c, bytes);
}

Status TextEncoder::encode(std::string_view text, bool startOfStream, std::string &out) const
{
    const std::size_t start = out.size();
    if (m_mark && startOfStream) {
        if (m_kind == Kind::Utf8)
            utf8::append(out, 0xFEFF);
        else
            appendUnit(0xFEFF, m_kind == Kind::Utf16 ? 2 : 4, m_bigEndian, out);
    }
    if (isUnchanged(text, false)) {
        out += text;
        return {};
    }
    std::size_t position = 0;
    for (std::size_t at = 0; at < text.size(); ++position) {
        const std::size_t from = at;
        if (encodeOne(utf8::next(text, at), out))
            continue;
        Run run;
        run.position = position;
        run.count = 1;
        for (std::size_t next = at; next < text.size(); ++run.count) {
            if (!runGoesOn(utf8::next(text, next)))
                break;
            at = next;
        }
        run.text = text.substr(from, at - from);
        position += run.count - 1;
        const std::size_t before = out.size();
        if (!handle(run, out)) {
            const bool partly = m_errors == Errors::SurrogateEscape && !m_table && out.size() > before;
            Run rest = run;
            if (partly) { // what could be escaped was; the error names what follows
                const std::size_t done = out.size() - before;
                rest.position += done;
                rest.count -= done;
                rest.text.remove_prefix(done * 3);
            }
            out.resize(start);
            return errorFor(rest);
        }
    }
    return {};
}

bool TextEncoder::handle(const Run &run, std::string &out) const
{
    switch (m_errors) {
    case Errors::Strict:
        return false;
    case Errors::Ignore:
        return true;
    case Errors::SurrogateEscape:
        return escapeSurrogates(run, out);
    case Errors::SurrogatePass:
        return passSurrogates(run, out);
    default:
        break;
    }
    for (std::size_t at = 0; at < run.text.size();) {
        const char32_t c = utf8::next(run.text, at);
        const std::string replacement = m_errors == Errors::Replace ? "?"
                                        : m_errors == Errors::BackslashReplace
                                            ? escaped(c)
                                            : "&#" + std::to_string(static_cast<std::uint32_t>(c)) + ";";
        if (!encodeReplacement(replacement, out))
            return false;
    }
    return true;
}

bool TextEncoder::encodeReplacement(std::string_view ascii, std::string &out) const
{
    return std::ranges::all_of(ascii, [&](char c) { return encodeOne(static_cast<unsigned char>(c), out); });
}

bool TextEncoder::escapeSurrogates(const Run &run, std::string &out) const
{
    if (m_kind == Kind::Utf16 || m_kind == Kind::Utf32)
        return false; // one byte is no unit
    for (std::size_t at = 0; at < run.text.size();) {
        const char32_t c = utf8::next(run.text, at);
        if (c < 0xDC80 || c > 0xDCFF)
            return false;
        out += static_cast<char>(c & 0xFF);
    }
    return true;
}

bool TextEncoder::passSurrogates(const Run &run, std::string &out) const
{
    for (std::size_t at = 0; at < run.text.size();) {
        const char32_t c = utf8::next(run.text, at);
        if (!utf8::isSurrogate(c))
            return false;
        switch (m_kind) {
        case Kind::Utf8:
            utf8::append(out, c);
            break;
        case Kind::Utf16:
            appendUnit(c, 2, m_bigEndian, out);
            break;
        case Kind::Utf32:
            appendUnit(c, 4, m_bigEndian, out);
            break;
        default:
            return false;
        }
    }
    return true;
}

Error TextEncoder::errorFor(const Run &run) const
{
    const char *reason = "surrogates not allowed";
    if (m_kind == Kind::Ascii)
        reason = "ordinal not in range(128)";
    else if (m_kind == Kind::Latin1)
        reason = "ordinal not in range(256)";
    else if (m_kind == Kind::Table)
        reason = m_multibyte ? "illegal multibyte sequence" : "character maps to <undefined>";
    std::string text = "'" + m_name + "' codec can't encode character";
    if (run.count == 1) {
        std::size_t at = 0;
        text += " '" + escaped(utf8::next(run.text, at)) + "' in position " + std::to_string(run.position);
    } else {
        text += "s in position " + std::to_string(run.position) + "-" +
                std::to_string(run.position + run.count - 1);
    }
    return Error{text + ": " + reason};
}

} // namespace sluice
