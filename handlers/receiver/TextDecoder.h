#pragma once

#include "base/Arena.h"
#include "base/Result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

class DecodingTable;

/// Makes UTF-8 of text in another encoding. What is malformed becomes U+FFFD. For one thread and one stream.
class TextDecoder
{
public:
    /// By any usual name: "utf-8", "latin-1", "cp1252", "utf-16", "shift_jis", … Empty: utf-8. What a handler can write is read on
    /// every system, as CPython reads it; others where Qt has them. Fails for those that are not, and for EBCDIC.
    static Result<TextDecoder> create(const std::string &encoding);

    TextDecoder(TextDecoder &&) noexcept;
    TextDecoder &operator=(TextDecoder &&) noexcept;
    ~TextDecoder();

    /// Whether the bytes are UTF-8 already, as far as they are text at all.
    bool isUtf8() const { return m_kind == Kind::Utf8; }
    /// UTF-16 and UTF-32: a line end is more than a byte, so the stream is converted before it is cut into lines. All other
    /// encodings have ASCII's bytes for ASCII's characters, and are converted record by record.
    bool isWide() const { return m_kind == Kind::Wide; }

    /// Wide: appends what the bytes are, keeping what is not whole yet for the next call.
    void convert(std::string_view bytes, std::string &out);
    /// Wide: how many bytes such text was.
    std::size_t rawSize(std::string_view utf8) const;

    /// Not wide: the text of some whole lines, in `arena` unless it is ASCII or UTF-8.
    std::string_view decode(std::string_view lines, Arena &arena);

private:
    enum class Kind { Utf8, Bytes, Wide };
    struct Codec;

    TextDecoder();

    Kind m_kind = Kind::Utf8;
    std::size_t m_unit = 1;
    std::shared_ptr<const DecodingTable> m_table; ///< of Bytes; null: the codec
    std::unique_ptr<Codec> m_codec;
};

} // namespace sluice
