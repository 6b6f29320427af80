#pragma once

#include "base/Result.h"
#include "record/LogRecord.h"
#include "wire/OtlpWriter.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What a request carries: one or more records in one of four forms. Keeps its memory between requests.
class HttpBody
{
public:
    enum class Form {
        UrlEncoded, ///< Python's; holds one record
        Json,       ///< an object, or with `list` an array of objects
        NdJson,     ///< an object a line
        Otlp,       ///< an OpenTelemetry request
    };

    /// `serviceName`: for Otlp.
    HttpBody(Form form, bool list, std::string serviceName)
        : m_form(form), m_list(list), m_serviceName(std::move(serviceName))
    {
    }

    std::string_view contentType() const;
    /// Whether records are given as fields, rather than as they are.
    bool takesFields() const { return m_form != Form::Otlp; }

    void begin();
    /// On failure nothing is added.
    Status add(std::span<const Field> fields);
    Status add(const LogRecord &record, Nanoseconds observed);
    void end();

    /// Bytes so far.
    const std::string &text() const { return m_text; }
    /// gzip's bytes of text().
    Result<std::string_view> compressed();

private:
    const Form m_form;
    const bool m_list;
    const std::string m_serviceName;
    std::string m_text;
    std::string m_compressed;
    OtlpWriter m_otlp;
};

} // namespace sluice
