#include "handler/HttpBody.h"

#include "wire/FormWriter.h"
#include "wire/JsonWriter.h"

#include <zlib.h>

namespace sluice {

std::string_view HttpBody::contentType() const
{
    switch (m_form) {
    case Form::UrlEncoded: return "application/x-www-form-urlencoded";
    case Form::NdJson: return "application/x-ndjson";
    case Form::Json:
    case Form::Otlp: break;
    }
    return "application/json";
}

void HttpBody::begin()
{
    m_text.clear();
    if (m_form == Form::Otlp)
        m_otlp.begin(m_serviceName, m_text);
    else if (m_form == Form::Json && m_list)
        m_text += '[';
}

Status HttpBody::add(std::span<const Field> fields)
{
    if (m_form == Form::UrlEncoded)
        return appendForm(fields, m_text);
    if (m_form == Form::Json && m_text.size() > 1)
        m_text += ",\n";
    appendJson(Value::dict(fields), m_text);
    if (m_form == Form::NdJson)
        m_text += '\n';
    return {};
}

Status HttpBody::add(const LogRecord &record, Nanoseconds observed) { return m_otlp.add(record, observed); }

void HttpBody::end()
{
    if (m_form == Form::Otlp)
        m_otlp.end();
    else if (m_form == Form::Json && m_list)
        m_text += ']';
}

Result<std::string_view> HttpBody::compressed()
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return Error{"There is no memory to compress the records with."};
    m_compressed.resize(deflateBound(&stream, static_cast<uLong>(m_text.size())));
    stream.next_in = reinterpret_cast<Bytef *>(m_text.data());
    stream.avail_in = static_cast<uInt>(m_text.size());
    stream.next_out = reinterpret_cast<Bytef *>(m_compressed.data());
    stream.avail_out = static_cast<uInt>(m_compressed.size());
    const int result = deflate(&stream, Z_FINISH);
    const std::size_t size = stream.total_out;
    deflateEnd(&stream);
    if (result != Z_STREAM_END)
        return Error{"The records cannot be compressed."};
    return std::string_view(m_compressed).substr(0, size);
}

} // namespace sluice
