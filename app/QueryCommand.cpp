#include "QueryCommand.h"

#include "Arguments.h"
#include "CaptureQuery.h"
#include "TextQuery.h"
#include "base/Utf8.h"
#include "capture/CaptureFile.h"
#include "filter/ExpressionReference.h"

#include <array>
#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl query CAPTURE EXPRESSION [--json | --text FORMAT | --count]

Writes the records that an expression describes, in their order. CAPTURE is a saved capture, the directory where a console
keeps one, or any log whose format is recognised (Python's usual formats, JSON lines, syslog, logfmt, access logs, …);
- is standard input.

  --json         an object a line, as `sluicectl run --input` takes it
  --text FORMAT  by a Python format such as '%(asctime)s %(message)s'
  --count        only how many there are

Exit status: 0 all was read, 1 CAPTURE cannot be read, 2 usage, or EXPRESSION is wrong, 3 some of it could not be read.

)";

void printUsage(std::FILE *stream)
{
    std::fprintf(stream, "%sExpressions:\n%s", usage, expressionReference().c_str());
}

/// The sentence, and the expression with a mark below the place.
void printMistake(const std::string &text, const std::string &sentence, ExpressionPlace place)
{
    std::string line = text;
    for (char &c : line) {
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    }
    const std::string_view whole = text;
    const std::size_t before = utf8::length(whole.substr(0, place.offset));
    const std::size_t marked = utf8::length(whole.substr(place.offset, place.length));
    std::fprintf(stderr, "sluicectl query: %s\n  %s\n  %s^%s\n", sentence.c_str(), line.c_str(),
                 std::string(before, ' ').c_str(), std::string(marked > 1 ? marked - 1 : 0, '~').c_str());
}

} // namespace

int queryCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 5> flags = {"--help", "-h", "--json", "--count", "--markdown"};
    static constexpr std::array<std::string_view, 1> valued = {"--text"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, valued);
    if (arguments && (arguments->has("--help") || arguments->has("-h"))) {
        if (arguments->has("--markdown"))
            std::fputs(expressionReferenceMarkdown().c_str(), stdout);
        else
            printUsage(stdout);
        return exitStatus::delivered;
    }
    const auto isAsked = [&](std::string_view option) { return arguments && arguments->has(option) ? 1 : 0; };
    if (!arguments || arguments->rest.size() != 2 || isAsked("--json") + isAsked("--text") + isAsked("--count") > 1) {
        std::fprintf(stderr, "sluicectl query: %s\n%s'sluicectl query --help' tells what expressions are.\n",
                     arguments ? "A capture, an expression and at most one way to write are needed." : arguments.error().text.c_str(), usage);
        return exitStatus::usage;
    }
    const std::string &text = arguments->rest[1];
    ExpressionPlace place;
    Result<Expression> expression = Expression::parse(text, &place);
    if (!expression) {
        printMistake(text, expression.error().text, place);
        return exitStatus::usage;
    }
    QueryOutput::Kind kind = isAsked("--json") ? QueryOutput::Kind::Json : isAsked("--count") ? QueryOutput::Kind::Count : QueryOutput::Kind::Lines;
    std::shared_ptr<const Formatter> formatter;
    if (isAsked("--text")) {
        kind = QueryOutput::Kind::Text;
        Formatter::Options options;
        options.format = arguments->value("--text");
        auto made = Formatter::create(options);
        if (!made) {
            std::fprintf(stderr, "sluicectl query: --text: %s\n", made.error().text.c_str());
            return exitStatus::usage;
        }
        formatter = std::move(*made);
    }

    QueryOutput output(kind, std::move(formatter));
    TextQuery query(std::move(*expression), output);
    CaptureQuery captureQuery(text, output);
    const std::string &capture = arguments->rest[0];
    const Status read = capture == "-"                     ? query.readStandardInput()
                        : CaptureFile::isCapture(capture) ? captureQuery.read(capture)
                                                          : query.readFile(capture);
    output.finish();
    if (!read) {
        std::fprintf(stderr, "sluicectl query: %s\n", read.error().text.c_str());
        return exitStatus::wrongConfiguration;
    }
    if (query.rejected() > 0)
        std::fprintf(stderr, "sluicectl query: %llu lines were not read whole; the last: %s\n",
                     static_cast<unsigned long long>(query.rejected()), query.lastRejection().c_str());
    if (captureQuery.lost() > 0)
        std::fprintf(stderr, "sluicectl query: %llu records stood in damaged places and are lost.\n",
                     static_cast<unsigned long long>(captureQuery.lost()));
    if (output.isBroken())
        std::fputs("sluicectl query: What was found cannot be written.\n", stderr);
    const bool isAllRead = query.rejected() == 0 && captureQuery.lost() == 0;
    return !isAllRead || output.isBroken() ? exitStatus::recordsLost : exitStatus::delivered;
}

} // namespace sluice
