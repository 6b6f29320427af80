#include "format/Formatter.h"

#include "base/CalendarTime.h"
#include "base/ThreadSlot.h"
#include "format/BraceFormat.h"
#include "format/DollarFormat.h"
#include "format/FormatValidation.h"
#include "format/PercentFormat.h"
#include "format/PythonText.h"
#include "format/RecordFields.h"

#include <array>
#include <atomic>
#include <limits>
#include <variant>

namespace sluice {

namespace {

using python::BraceTemplate;
using python::DollarTemplate;
using python::PercentTemplate;

constexpr const char *defaultTimeFormat = "%Y-%m-%d %H:%M:%S";

std::int64_t floorToSeconds(Nanoseconds time)
{
    const Nanoseconds seconds = time / nanosecondsPerSecond;
    return time % nanosecondsPerSecond < 0 ? seconds - 1 : seconds;
}

/// What one thread last made of a second for one formatter.
struct CachedTime
{
    std::uint64_t formatter = 0;
    std::int64_t second = 0;
    std::size_t length = 0; ///< of the calendar part of `text`
    std::string text;
};

/// Scratch of a thread, so that formatting allocates nothing once it is warm.
struct Scratch
{
    std::string message;
    /// By a formatter's number: a thread rarely serves more of them at a time.
    std::array<CachedTime, 8> times;
};

Scratch &scratch()
{
    static const PerThread<Scratch> scratches;
    return scratches.get();
}

/// "%03d" % msecs
Status appendMilliseconds(const Value &msecs, std::string &out)
{
    if (msecs.kind() == Value::Kind::Float || msecs.isInt()) {
        const double number = msecs.asReal();
        if (number >= 0 && number < 1000) {
            const int whole = static_cast<int>(number);
            const char digits[3] = {static_cast<char>('0' + whole / 100),
                                    static_cast<char>('0' + whole / 10 % 10),
                                    static_cast<char>('0' + whole % 10)};
            out.append(digits, sizeof digits);
            return {};
        }
    }
    return python::percentFormat("%03d", Value::sequence(Value::Kind::Tuple, {&msecs, 1}), out);
}

Status appendOnNewLine(const Value &text, std::size_t start, std::string &out)
{
    if (!text.isText())
        return Error{"can only concatenate str (not \"" + std::string(python::typeName(text)) + "\") to str"};
    if (out.size() == start || out.back() != '\n')
        out += '\n';
    out += text.chars();
    return {};
}

/// The text of `exc_info` where there is no exc_text. Live exceptions do not travel over wires; what stands
/// here is what a sender made of one.
Result<Value> exceptionText(const Value &excInfo)
{
    if (excInfo.isText())
        return excInfo;
    if (excInfo.kind() == Value::Kind::Inert)
        return Value::text(excInfo.chars());
    // sys.exc_info() outside of an except clause.
    const auto items = excInfo.items();
    if (items.size() == 3 && items[0].isNone() && items[1].isNone() && items[2].isNone())
        return Value::text("NoneType: None");
    return Error{"exc_info is no exception information"};
}

bool usesTime(const std::string &format, Formatter::Style style)
{
    const auto has = [&](const char *text) { return format.find(text) != std::string::npos; };
    switch (style) {
    case Formatter::Style::Percent:
        return has("%(asctime)");
    case Formatter::Style::Brace:
        return has("{asctime");
    case Formatter::Style::Dollar:
        return has("$asctime") || has("${asctime}");
    }
    return false;
}

Status validate(const std::string &format, Formatter::Style style)
{
    switch (style) {
    case Formatter::Style::Percent:
        return python::validatePercentFormat(format);
    case Formatter::Style::Brace:
        return python::validateBraceFormat(format);
    case Formatter::Style::Dollar:
        return python::validateDollarFormat(format);
    }
    return {};
}

const char *defaultFormat(Formatter::Style style)
{
    switch (style) {
    case Formatter::Style::Percent:
        return "%(message)s";
    case Formatter::Style::Brace:
        return "{message}";
    case Formatter::Style::Dollar:
        return "${message}";
    }
    return "";
}

class CompiledFormatter final : public Formatter
{
public:
    CompiledFormatter(std::string format, const Options &options)
        : m_usesTime(usesTime(format, options.style)), m_utc(options.utc)
    {
        if (options.datefmt && !options.datefmt->empty()) {
            m_timeFormat = *options.datefmt;
            m_milliseconds = false;
        }
        switch (options.style) {
        case Style::Percent:
            m_template.emplace<PercentTemplate>(std::move(format), options.defaults);
            break;
        case Style::Brace:
            m_template.emplace<BraceTemplate>(std::move(format), options.defaults);
            break;
        case Style::Dollar:
            m_template.emplace<DollarTemplate>(std::move(format), options.defaults);
            break;
        }
    }

    Status format(const LogRecord &record, std::string &out) const override
    {
        const std::size_t start = out.size();
        Status status = appendAll(record, start, out);
        if (!status)
            out.resize(start);
        return status;
    }

private:
    Status appendAll(const LogRecord &record, std::size_t start, std::string &out) const
    {
        RecordFields fields{record, {}, std::nullopt};
        const Value msg = record[Attribute::Msg];
        if (msg.isText() && !record[Attribute::Args].truth()) {
            fields.message = msg.chars();
        } else {
            std::string &message = scratch().message;
            message.clear();
            if (Status status = appendMessage(record, message); !status)
                return status;
            fields.message = message;
        }
        if (m_usesTime) {
            if (Status status = findTime(record, fields.asctime.emplace()); !status)
                return status;
        }
        if (Status status = appendTemplate(fields, out); !status)
            return status;
        return appendTrailers(record, start, out);
    }

    Status appendTemplate(const RecordFields &fields, std::string &out) const
    {
        if (const auto *percent = std::get_if<PercentTemplate>(&m_template))
            return percent->format(fields, out);
        if (const auto *brace = std::get_if<BraceTemplate>(&m_template))
            return brace->format(fields, out);
        return std::get<DollarTemplate>(m_template).format(fields, out);
    }

    static Status appendTrailers(const LogRecord &record, std::size_t start, std::string &out)
    {
        Value exception = record[Attribute::ExcText];
        if (exception.isNone() && record[Attribute::ExcInfo].isNone() &&
            record[Attribute::StackInfo].isNone())
            return {};
        if (!exception.truth() && record[Attribute::ExcInfo].truth()) {
            const auto text = exceptionText(record[Attribute::ExcInfo]);
            if (!text)
                return text.error();
            exception = text.value();
        }
        if (exception.truth()) {
            if (Status status = appendOnNewLine(exception, start, out); !status)
                return status;
        }
        if (record[Attribute::StackInfo].truth())
            return appendOnNewLine(record[Attribute::StackInfo], start, out);
        return {};
    }

    /// Formatter.formatTime. The text stands until this thread's next call.
    Status findTime(const LogRecord &record, std::string_view &text) const
    {
        CachedTime &cached = scratch().times[m_number % 8];
        const std::int64_t second = floorToSeconds(record.created);
        if (cached.formatter != m_number || cached.second != second) {
            cached.text.clear();
            appendCalendarTime(cached.text, m_timeFormat, second, m_utc);
            cached.length = cached.text.size();
            cached.formatter = m_number;
            cached.second = second;
        }
        Status status;
        if (m_milliseconds) {
            cached.text.resize(cached.length);
            cached.text += ',';
            status = appendMilliseconds(record[Attribute::Msecs], cached.text);
        }
        text = cached.text;
        return status;
    }

    static std::uint64_t nextNumber()
    {
        static std::atomic<std::uint64_t> last{0};
        return ++last;
    }

    std::variant<std::monostate, PercentTemplate, BraceTemplate, DollarTemplate> m_template;
    std::string m_timeFormat = defaultTimeFormat;
    const std::uint64_t m_number = nextNumber();
    bool m_milliseconds = true;
    bool m_usesTime;
    bool m_utc;
};

} // namespace

Formatter::Formatter() = default;

Result<std::shared_ptr<const Formatter>> Formatter::create(const Options &options)
{
    std::string format = options.format.value_or(std::string());
    if (format.empty())
        format = defaultFormat(options.style);
    if (options.validate) {
        if (Status status = sluice::validate(format, options.style); !status)
            return status.error();
    }
    // Python raises this for every record; nothing would ever be written.
    if (options.datefmt && options.datefmt->find('\0') != std::string::npos)
        return Error{"datefmt: embedded null character"};
    readTimeZone();
    return std::shared_ptr<const Formatter>(std::make_shared<CompiledFormatter>(std::move(format), options));
}

const std::shared_ptr<const Formatter> &Formatter::standard()
{
    static const std::shared_ptr<const Formatter> formatter = *create({});
    return formatter;
}

Status appendMessage(const LogRecord &record, std::string &out)
{
    const Value msg = record[Attribute::Msg];
    const Value args = record[Attribute::Args];
    if (!args.truth()) {
        python::appendStr(out, msg);
        return {};
    }
    const std::size_t start = out.size();
    std::string written;
    std::string_view format = msg.chars();
    if (!msg.isText()) {
        python::appendStr(written, msg);
        format = written;
    }
    Status status = python::percentFormat(format, args, out);
    if (!status)
        out.resize(start);
    return status;
}

} // namespace sluice
