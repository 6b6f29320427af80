#include "text/TextFormats.h"

#include "text/AccessLogTextFormat.h"
#include "text/DatedTextFormat.h"
#include "text/GlogTextFormat.h"
#include "text/JsonTextFormat.h"
#include "text/LogfmtTextFormat.h"
#include "text/PatternTextFormat.h"
#include "text/PlainTextFormat.h"
#include "text/PythonTextFormat.h"
#include "text/SyslogTextFormat.h"

#include <cassert>

namespace sluice::textFormats {

namespace {

struct Declared
{
    const char *name;
    const char *title;
    const char *format;
    const char *datefmt = nullptr;
};

/// Formats that a format string of Python's says whole; levels and names may be padded.
constexpr Declared declaredFormats[] = {
    {"python-basic", "Python: LEVEL:logger:message", "%(levelname)s:%(name)s:%(message)s"},
    {"python-dashes", "Python: time - logger - LEVEL - message", "%(asctime)s - %(name)s - %(levelname)s - %(message)s"},
    {"python-dashes-level", "Python: time - LEVEL - logger - message", "%(asctime)s - %(levelname)s - %(name)s - %(message)s"},
    {"python-dashes-short", "Python: time - LEVEL - message", "%(asctime)s - %(levelname)s - %(message)s"},
    {"python-colon", "Python: time LEVEL logger: message", "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    {"python-name-level", "Python: time logger LEVEL message", "%(asctime)s %(name)s %(levelname)s %(message)s"},
    {"python-name-level-colon", "Python: time logger LEVEL: message", "%(asctime)s %(name)s %(levelname)s: %(message)s"},
    {"python-level", "Python: time LEVEL message", "%(asctime)s %(levelname)s %(message)s"},
    {"python-level-colon", "Python: time LEVEL: message", "%(asctime)s %(levelname)s: %(message)s"},
    {"python-colons", "Python: time:LEVEL:logger:message", "%(asctime)s:%(levelname)s:%(name)s:%(message)s"},
    {"python-colons-short", "Python: time:LEVEL:message", "%(asctime)s:%(levelname)s:%(message)s"},
    {"python-brackets", "Python: time [LEVEL] logger: message", "%(asctime)s [%(levelname)s] %(name)s: %(message)s"},
    {"python-brackets-dash", "Python: time [LEVEL] logger - message", "%(asctime)s [%(levelname)s] %(name)s - %(message)s"},
    {"python-brackets-short", "Python: time [LEVEL] message", "%(asctime)s [%(levelname)s] %(message)s"},
    {"python-bracketed", "Python: [time] [LEVEL] logger: message", "[%(asctime)s] [%(levelname)s] %(name)s: %(message)s"},
    {"python-bracketed-name", "Python: [time] [logger] LEVEL: message", "[%(asctime)s] [%(name)s] %(levelname)s: %(message)s"},
    {"python-bracketed-level", "Python: [time] LEVEL logger: message", "[%(asctime)s] %(levelname)s %(name)s: %(message)s"},
    {"python-bracketed-short", "Python: [time] LEVEL: message", "[%(asctime)s] %(levelname)s: %(message)s"},
    {"python-bars", "Python: time | LEVEL | logger | message", "%(asctime)s | %(levelname)s | %(name)s | %(message)s"},
    {"python-bars-short", "Python: time | LEVEL | message", "%(asctime)s | %(levelname)s | %(message)s"},
    {"python-process", "Python: time logger[process] LEVEL message",
     "%(asctime)s %(name)s[%(process)d] %(levelname)s %(message)s"},
    {"python-place", "Python: time LEVEL file:line message", "%(asctime)s %(levelname)s %(filename)s:%(lineno)d %(message)s"},
    {"python-place-dash", "Python: time - LEVEL - file:line - message",
     "%(asctime)s - %(levelname)s - %(filename)s:%(lineno)d - %(message)s"},
    {"python-level-first", "Python: LEVEL time logger: message", "%(levelname)s %(asctime)s %(name)s: %(message)s"},
    {"python-level-name", "Python: [LEVEL] logger: message", "[%(levelname)s] %(name)s: %(message)s"},
    {"django", "Django: LEVEL time module process thread message",
     "%(levelname)s %(asctime)s %(module)s %(process)d %(thread)d %(message)s"},
    {"django-server", "Django's own server: [time] message", "[%(asctime)s] %(message)s", "%d/%b/%Y %H:%M:%S"},
    {"flask", "Flask: [time] LEVEL in module: message", "[%(asctime)s] %(levelname)s in %(module)s: %(message)s"},
    {"scrapy", "Scrapy: time [logger] LEVEL: message", "%(asctime)s [%(name)s] %(levelname)s: %(message)s"},
    {"airflow", "Airflow: [time] {file:line} LEVEL - message",
     "[%(asctime)s] {%(filename)s:%(lineno)d} %(levelname)s - %(message)s"},
    {"loguru", "loguru: time | LEVEL | module:function:line - message",
     "%(asctime)s | %(levelname)s | %(name)s:%(funcName)s:%(lineno)d - %(message)s"},
    {"pytest", "pytest: LEVEL logger:file:line message", "%(levelname)s %(name)s:%(filename)s:%(lineno)d %(message)s"},
    {"uvicorn", "uvicorn: LEVEL: message", "%(levelname)s: %(message)s"},
    {"gunicorn", "gunicorn: [time] [process] [LEVEL] message", "[%(asctime)s] [%(process)d] [%(levelname)s] %(message)s",
     "%Y-%m-%d %H:%M:%S %z"},
    {"celery", "Celery: [time: LEVEL/process] message", "[%(asctime)s: %(levelname)s/%(processName)s] %(message)s"},
    {"celery-task", "Celery's tasks: [time: LEVEL/process] task[id]: message",
     "[%(asctime)s: %(levelname)s/%(processName)s] %(name)s[%(task_id)s]: %(message)s"},
    {"logback", "logback: time [thread] LEVEL logger - message",
     "%(asctime)s [%(threadName)s] %(levelname)s %(name)s - %(message)s", "%H:%M:%S.%f"},
    {"log4j", "log4j: time [thread] LEVEL logger - message",
     "%(asctime)s [%(threadName)s] %(levelname)s %(name)s - %(message)s"},
    {"log4j-level-first", "log4j: time LEVEL [thread] logger - message",
     "%(asctime)s %(levelname)s [%(threadName)s] %(name)s - %(message)s"},
    {"log4j-line", "log4j: time LEVEL logger:line - message",
     "%(asctime)s %(levelname)s %(name)s:%(lineno)d - %(message)s"},
    {"spring", "Spring Boot: time LEVEL process --- [thread] logger : message",
     "%(asctime)s %(levelname)s %(process)d --- [%(threadName)s] %(name)s : %(message)s"},
    {"nginx-error", "nginx's error log: time [level] process#thread: message",
     "%(asctime)s [%(levelname)s] %(process)d#%(thread)d: %(message)s"},
    {"apache-error", "Apache's error log: [time] [module:level] [pid N:tid N] message",
     "[%(asctime)s] [%(name)s:%(levelname)s] [pid %(process)d:tid %(thread)d] %(message)s", "%a %b %d %H:%M:%S.%f %Y"},
    {"apache-error-process", "Apache's error log: [time] [module:level] [pid N] message",
     "[%(asctime)s] [%(name)s:%(levelname)s] [pid %(process)d] %(message)s", "%a %b %d %H:%M:%S.%f %Y"},
    {"zap-console", "zap and slog: time<tab>LEVEL<tab>place<tab>message",
     "%(asctime)s\t%(levelname)s\t%(name)s\t%(message)s"},
};

TextFormatPtr make(const Declared &declared)
{
    PythonTextFormat::Options options;
    options.name = declared.name;
    options.title = declared.title;
    options.format = declared.format;
    options.style = Formatter::Style::Percent;
    options.isLoose = true;
    if (declared.datefmt)
        options.datefmt = declared.datefmt;
    auto made = PythonTextFormat::create(options);
    assert(made.ok());
    return made ? *made : nullptr;
}

std::vector<TextFormatPtr> makeAll()
{
    std::vector<TextFormatPtr> all;
    for (const Declared &declared : declaredFormats)
        all.push_back(make(declared));
    all.push_back(std::make_shared<JsonTextFormat>());
    all.push_back(std::make_shared<LogfmtTextFormat>());
    all.push_back(std::make_shared<AccessLogTextFormat>());
    for (const auto shape :
         {SyslogTextFormat::Shape::MonthDay, SyslogTextFormat::Shape::Iso, SyslogTextFormat::Shape::Message})
        all.push_back(std::make_shared<SyslogTextFormat>(shape));
    all.push_back(std::make_shared<GlogTextFormat>());
    all.push_back(std::make_shared<DatedTextFormat>());
    all.push_back(plain());
    return all;
}

} // namespace

const TextFormatPtr &plain()
{
    static const TextFormatPtr format = std::make_shared<PlainTextFormat>();
    return format;
}

std::span<const TextFormatPtr> builtin()
{
    static const std::vector<TextFormatPtr> all = makeAll();
    return all;
}

TextFormatPtr find(std::string_view name)
{
    for (const TextFormatPtr &format : builtin()) {
        if (format->name() == name)
            return format;
    }
    return nullptr;
}

std::vector<std::string> names()
{
    std::vector<std::string> all = {std::string(automatic)};
    for (const TextFormatPtr &format : builtin())
        all.push_back(format->name());
    all.emplace_back(python);
    all.emplace_back(pattern);
    return all;
}

Result<TextFormatPtr> create(const TextFormatChoice &choice)
{
    if (choice.format == automatic)
        return TextFormatPtr();
    const std::optional<std::string> timeFormat =
        choice.timeFormat.empty() ? std::nullopt : std::optional(choice.timeFormat);
    if (choice.format == pattern)
        return PatternTextFormat::create(choice.pattern, timeFormat);
    if (choice.format == python) {
        PythonTextFormat::Options options;
        options.format = choice.pattern;
        options.datefmt = timeFormat;
        return PythonTextFormat::create(options);
    }
    if (TextFormatPtr format = find(choice.format))
        return format;
    return Error{"There is no text format \"" + choice.format + "\"."};
}

} // namespace sluice::textFormats
