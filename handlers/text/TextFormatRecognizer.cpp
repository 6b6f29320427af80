#include "text/TextFormatRecognizer.h"

#include "text/TextFormats.h"
#include "text/TextLines.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::size_t maxLines = 500;
constexpr std::size_t sureRecords = 10;
constexpr double enough = 0.35;

TextFormatRecognizer::Candidate tryFormat(const TextFormatPtr &format, std::string_view sample)
{
    TextFormatRecognizer::Candidate candidate;
    candidate.format = format;
    LogRecordBatch batch;
    TextContext context;
    std::size_t begins = 0;
    std::size_t strange = 0;
    bool inRecord = false;
    // Further lines are looked at one by one: text of another format may be indented too.
    for (TextLines lines(sample); lines.next() && candidate.lines < maxLines;) {
        const std::string_view line = lines.line();
        if (line.find_first_not_of(" \t\r\n") == std::string_view::npos)
            continue;
        ++candidate.lines;
        if (!format->begins(line)) {
            strange += !inRecord;
            continue;
        }
        ++begins;
        const bool isRead = format->parse(line, batch, context);
        candidate.records += isRead;
        strange += !isRead;
        inRecord = inRecord || isRead;
        batch.clear();
    }
    candidate.strange = strange;
    if (candidate.records == 0 || candidate.lines == 0)
        return candidate;
    // What the format explains of all that it would have to. Lines that belong to the record above prove nothing, and
    // many of them make it unlikely.
    const double wellRead = double(candidate.records) / double(candidate.records + strange);
    const double share = double(candidate.records) / double(candidate.lines);
    constexpr double weightStep = 0.04;
    constexpr double shareForLongRecords = 0.6;
    candidate.score = wellRead * wellRead * (shareForLongRecords + (1 - shareForLongRecords) * share) *
                      (1 + weightStep * format->weight());
    return candidate;
}

} // namespace

TextFormatRecognizer::Answer TextFormatRecognizer::recognize(std::string_view sample, bool isWhole)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (sample.starts_with(byteOrderMark))
        sample.remove_prefix(byteOrderMark.size());
    sample = sample.substr(0, sampleBytes);
    if (!isWhole) {
        const std::size_t last = sample.rfind('\n');
        if (last != std::string_view::npos)
            sample = sample.substr(0, last + 1);
    }
    Answer answer;
    for (const TextFormatPtr &format : textFormats::builtin()) {
        if (format == textFormats::plain())
            continue;
        Candidate candidate = tryFormat(format, sample);
        if (candidate.records > 0)
            answer.candidates.push_back(std::move(candidate));
    }
    std::ranges::stable_sort(answer.candidates, std::ranges::greater(), &Candidate::score);
    if (!answer.candidates.empty() && answer.candidates.front().score >= enough) {
        const Candidate &best = answer.candidates.front();
        answer.format = best.format;
        answer.isSure = best.records >= sureRecords;
        answer.explanation = std::to_string(best.records) + " of " + std::to_string(best.lines) +
                             " lines begin a record of the format \"" + best.format->title() + "\"";
        const std::size_t further = best.lines - best.records - best.strange;
        if (further > 0)
            answer.explanation += ", " + std::to_string(further) + " go on with the one above";
        if (best.strange > 0)
            answer.explanation += ", " + std::to_string(best.strange) + " are of no format that is known";
        answer.explanation += ".";
        return answer;
    }
    answer.format = textFormats::plain();
    answer.explanation = sample.empty() ? "There is no text yet."
                                        : "No format that is known fits most of the lines, so each line is a message.";
    return answer;
}

} // namespace sluice
