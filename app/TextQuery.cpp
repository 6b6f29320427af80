#include "TextQuery.h"

#include "LogText.h"
#include "receiver/TextStream.h"

#include <algorithm>
#include <cstdio>

namespace sluice {

TextQuery::TextQuery(Expression expression, QueryOutput &output)
    : m_evaluator(std::move(expression)), m_output(output)
{
}

Status TextQuery::readFile(const std::string &path) { return readLogText(path, *this); }

Status TextQuery::readStandardInput()
{
    auto decoder = TextDecoder::create("");
    if (!decoder)
        return decoder.error();
    TextStream stream(*this, "stdin", {}, std::move(*decoder));
    while (true) {
        // By lines, so that what a program writes now is not kept back until there is much of it.
        const std::span<char> space = stream.space();
        std::size_t bytes = 0;
        int c = 0;
        while (bytes < space.size() && (c = std::getc(stdin)) != EOF) {
            space[bytes++] = static_cast<char>(c);
            if (c == '\n')
                break;
        }
        if (bytes > 0 && !stream.take(bytes))
            return {};
        if (c == EOF)
            break;
    }
    if (std::ferror(stdin))
        return Error{"Standard input cannot be read."};
    stream.flush(TextStream::Flush::All);
    return {};
}

bool TextQuery::accept(std::shared_ptr<LogRecordBatch> batch, std::string_view)
{
    m_matching.clear();
    for (const LogRecord &record : std::as_const(*batch).records()) {
        m_subject.set(record);
        if (m_evaluator.matches(m_subject))
            m_matching.push_back(&record);
    }
    m_output.write(m_matching);
    return !m_output.isBroken();
}

void TextQuery::reject(std::string_view, std::string_view reason, std::string_view)
{
    ++m_rejected;
    m_lastRejection = reason;
}

} // namespace sluice
