#include "receiver/TextDecoder.h"

#include "base/CodecNames.h"
#include "base/DecodingTable.h"
#include "base/Utf8.h"

#include <QStringConverter>

#include <algorithm>

namespace sluice {

namespace {

/// Small letters and digits alone: "UTF_16-LE" is "utf16le".
std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            plain += char(c | 0x20);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            plain += c;
    }
    return plain;
}

void appendUtf8(QStringView text, std::string &out)
{
    const QByteArray bytes = text.toUtf8();
    out.append(bytes.constData(), std::size_t(bytes.size()));
}

} // namespace

struct TextDecoder::Codec
{
    QStringDecoder decoder;
};

TextDecoder::TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder &&) noexcept = default;
TextDecoder &TextDecoder::operator=(TextDecoder &&) noexcept = default;
TextDecoder::~TextDecoder() = default;

Result<TextDecoder> TextDecoder::create(const std::string &encoding)
{
    TextDecoder decoder;
    const std::string name = plainName(encoding);
    if (name.empty() || name == "utf8" || name == "utf8sig" || name == "ascii" || name == "usascii")
        return decoder;
    struct Wide
    {
        std::string_view name;
        QStringConverter::Encoding encoding;
        std::size_t unit;
    };
    constexpr Wide wides[] = {{"utf16", QStringConverter::Utf16, 2},     {"utf16le", QStringConverter::Utf16LE, 2},
                              {"utf16be", QStringConverter::Utf16BE, 2}, {"utf32", QStringConverter::Utf32, 4},
                              {"utf32le", QStringConverter::Utf32LE, 4}, {"utf32be", QStringConverter::Utf32BE, 4}};
    for (const Wide &wide : wides) {
        if (wide.name != name)
            continue;
        decoder.m_kind = Kind::Wide;
        decoder.m_unit = wide.unit;
        decoder.m_codec = std::make_unique<Codec>(Codec{QStringDecoder(wide.encoding)});
        return decoder;
    }
    decoder.m_kind = Kind::Bytes;
    const std::string module = codecs::moduleFor(encoding);
    if (const codecs::Table *table = codecs::tableOf(module)) {
        decoder.m_table = DecodingTable::load(*table);
        if (!decoder.m_table->keepsAscii())
            return Error{"The encoding \"" + encoding + "\" has other line ends than ASCII, and cannot be read here."};
        return decoder;
    }
    // Without ICU, as on Windows, Qt knows Latin-1 and the UTFs alone.
    QStringDecoder found = module == "latin_1" ? QStringDecoder(QStringConverter::Latin1) : QStringDecoder(encoding.c_str());
    if (!found.isValid())
        return Error{"This machine cannot read the encoding \"" + encoding + "\"."};
    decoder.m_codec = std::make_unique<Codec>(Codec{std::move(found)});
    return decoder;
}

void TextDecoder::convert(std::string_view bytes, std::string &out)
{
    const QString text = m_codec->decoder.decode(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    appendUtf8(text, out);
}

std::size_t TextDecoder::rawSize(std::string_view utf8) const
{
    std::size_t units = 0;
    for (const char byte : utf8) {
        const auto c = static_cast<unsigned char>(byte);
        units += (c & 0xC0) != 0x80;
        units += m_unit == 2 && c >= 0xF0; // two surrogates
    }
    return units * m_unit;
}

std::string_view TextDecoder::decode(std::string_view lines, Arena &arena)
{
    if (m_kind == Kind::Utf8 || utf8::isAscii(lines))
        return lines;
    std::string out;
    if (m_table) {
        m_table->decode(lines, out);
    } else {
        m_codec->decoder.resetState();
        convert(lines, out);
    }
    return arena.copy(out);
}

} // namespace sluice
