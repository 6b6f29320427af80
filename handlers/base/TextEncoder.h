#pragma once

#include "base/Result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

class CodecTable;

/// Writes text in an encoding, with Python's names of encodings and its handling of errors, to the byte.
/// https://docs.python.org/3/library/codecs.html#standard-encodings
///
/// Supported are the UTFs, ASCII, all of Python's single-byte encodings, and the multi-byte ones that keep no
/// state (shift_jis, cp932, euc_jp, gb2312, gbk, gb18030, big5, cp950, euc_kr, cp949, johab). Immutable; may
/// be shared between threads, and copied.
class TextEncoder
{
public:
    enum class Errors {
        Strict,
        Ignore,
        Replace,
        BackslashReplace,
        XmlCharRefReplace,
        SurrogateEscape,
        SurrogatePass,
    };

    /// UTF-8, strict.
    TextEncoder() = default;

    /// By Python's name of the encoding, however it is spelt; empty: that of the locale. `errors` by Python's
    /// name; empty: strict. Fails with CPython's "unknown encoding: x" or "unknown error handler name 'x'",
    /// or says what is not supported.
    static Result<TextEncoder> create(std::string_view encoding, std::string_view errors);

    /// Appends the bytes of `text` (UTF-8; lone surrogates possible). `startOfStream`: whether a byte order
    /// mark belongs in front, where the encoding has one. Fails with the sentence of CPython's
    /// UnicodeEncodeError, and `out` as it was.
    Status encode(std::string_view text, bool startOfStream, std::string &out) const;

    /// Whether the text's own bytes are what encode() would append. Fast.
    bool isUnchanged(std::string_view text, bool startOfStream) const;

    bool hasByteOrderMark() const { return m_mark; }

private:
    enum class Kind { Ascii, Latin1, Utf8, Utf16, Utf32, Table };
    class Run;

    bool encodeOne(char32_t c, std::string &out) const;
    bool runGoesOn(char32_t c) const;
    /// Deals with characters that cannot be encoded; false: strictly.
    bool handle(const Run &run, std::string &out) const;
    bool escapeSurrogates(const Run &run, std::string &out) const;
    bool passSurrogates(const Run &run, std::string &out) const;
    bool encodeReplacement(std::string_view ascii, std::string &out) const;
    Error errorFor(const Run &run) const;

    Kind m_kind = Kind::Utf8;
    Errors m_errors = Errors::Strict;
    bool m_bigEndian = false;
    bool m_mark = false;
    bool m_multibyte = false;
    bool m_asciiUnchanged = true;
    std::string m_name = "utf-8"; // as CPython's errors name it
    std::shared_ptr<const CodecTable> m_table;
};

/// Python's names of all encodings that TextEncoder::create() takes, without their aliases, sorted.
std::vector<std::string> encodingNames();

/// The encoding that Python would take for text files by the locale of the environment: its own name for it.
/// UTF-8 in the C locale, as PEP 538 and 540 have it.
std::string localeEncoding();

} // namespace sluice
