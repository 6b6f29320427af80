#pragma once

#include "handler/HTTPHandler.h"
#include "handler/RehearsedOutput.h"

namespace sluice {

/// Stands in for an HTTPHandler in a rehearsal: makes its requests, and connects to nobody. Headers of the user's own may hold a
/// secret, so only their names are shown.
class RehearsedHTTPHandler final : public HTTPHandler
{
public:
    RehearsedHTTPHandler(Options options, std::shared_ptr<RehearsedOutput> output)
        : HTTPHandler(std::move(options)), m_output(std::move(output))
    {
        m_output->setPiece("request", "requests");
        if (recordsAtMost() > 1)
            m_output->setCaveat("A request holds what is handed on together: how many there are depends on how records arrive.");
    }

protected:
    Status connect() override
    {
        Result<std::string> host = HttpTransport::hostHeader(server());
        if (!host)
            return host.error();
        m_host = std::move(*host);
        return {};
    }
    HttpAnswer transmit(const HttpRequest &request, RecordSpan records) override
    {
        const std::string_view target = request.target.empty() ? "/" : request.target;
        m_text = std::string(request.body ? "POST " : "GET ") + std::string(target) + " HTTP/1.1\r\nHost: " + m_host + "\r\n";
        for (const std::string &header : request.headers) {
            // libcurl's form for one without a value.
            const bool isEmpty = header.ends_with(';') && header.find(':') == std::string::npos;
            m_text += (isEmpty ? header.substr(0, header.size() - 1) + ':' : header) + "\r\n";
        }
        m_text += "\r\n";
        m_text += request.body.value_or(std::string_view());
        m_output->add(records.back()->created, records.size(), m_text);
        HttpAnswer answer;
        answer.status = 204;
        return answer;
    }

private:
    const std::shared_ptr<RehearsedOutput> m_output;
    std::string m_host;
    std::string m_text;
};

} // namespace sluice
