#include "console/CellFilters.h"

#include "console/ConsoleView.h"
#include "console/FilterParts.h"
#include "console/RecordTable.h"
#include "console/Words.h"
#include "filter/ValueComparison.h"
#include "format/PythonText.h"

#include <QCoreApplication>
#include <QMenu>

namespace sluice::cellfilters {

namespace {

/// A longer value would be no filter that anyone reads.
constexpr std::size_t maxValueBytes = 1000;

QString tr(const char *text) { return QCoreApplication::translate("CellFilters", text); }

/// A menu's text, where & would underline.
QString quoted(std::string_view value)
{
    return QStringLiteral("“%1”")
        .arg(words::fromUtf8(words::firstLine(value), 160).left(40).replace(QLatin1Char('&'), QLatin1String("&&")));
}

std::optional<ExpressionField> fieldFromText(const QString &field)
{
    const Result<Expression> expression = Expression::parse(field.toStdString() + " exists");
    if (expression && expression->root().kind == ExpressionNode::Kind::Compare)
        return expression->root().field;
    return std::nullopt;
}

/// What a record has there, as text; none if it has nothing, or more than one thing.
std::optional<std::string> valueOf(const LogRecord &record, const ExpressionField &field)
{
    ExpressionNode node;
    node.kind = ExpressionNode::Kind::Compare;
    node.op = ExpressionOperator::Exists;
    node.field = field;
    const ValueComparison comparison(node);
    const std::optional<Value> value = field.kind == ExpressionField::Kind::Extra
                                           ? comparison.find(record.extra)
                                           : comparison.find(record[field.attribute]);
    if (!value || value->isNone() || value->isSequence() || value->isDict() || value->chars().size() > maxValueBytes)
        return std::nullopt;
    std::string text;
    python::appendStr(text, *value);
    return text;
}

void addFor(QMenu &menu, ConsoleView &view, const QString &words, const std::string &expression)
{
    menu.addAction(words, &view, [&view, expression] { add(view, expression); });
}

void addValue(QMenu &menu, ConsoleView &view, const ExpressionField &field, const QString &name, std::string_view value)
{
    addFor(menu, view, tr("Only rows with %1 %2").arg(name, quoted(value)), filterparts::comparison(field, "==", value));
    addFor(menu, view, tr("Hide rows with %1 %2").arg(name, quoted(value)), filterparts::comparison(field, "!=", value));
}

void addLogger(QMenu &menu, ConsoleView &view, std::string_view logger)
{
    ExpressionField field;
    field.kind = ExpressionField::Kind::Logger;
    addFor(menu, view, tr("Only rows with logger %1").arg(quoted(logger)),
           filterparts::comparison(field, "==", logger));
    addFor(menu, view, tr("Only rows with logger %1 and its children").arg(quoted(logger)),
           filterparts::comparison(field, "in", logger));
    addFor(menu, view, tr("Hide logger %1").arg(quoted(logger)), filterparts::comparison(field, "!=", logger));
    addFor(menu, view, tr("Hide logger %1 and its children").arg(quoted(logger)),
           filterparts::comparison(field, "not in", logger));
    menu.addAction(tr("Always show logger %1 and its children").arg(quoted(logger)), &view,
                   [&view, text = filterparts::comparison(field, "in", logger)] { add(view, text, true); });
}

void change(ConsoleView &view, const std::function<void(CaptureFilter &)> &how)
{
    CaptureFilter filter = view.filter();
    how(filter);
    view.setFilter(std::move(filter));
}

void addLevel(QMenu &menu, ConsoleView &view, int levelno)
{
    const Severity severity = severityOf(levelno);
    const QString name = words::levelName(severity);
    menu.addAction(tr("Only %1 and above").arg(name), &view, [&view, severity] {
        change(view, [severity](CaptureFilter &filter) { filterparts::setLowest(filter, severity); });
    });
    menu.addAction(tr("Only %1").arg(name), &view, [&view, severity] {
        change(view, [severity](CaptureFilter &filter) {
            for (int i = 0; i < severityCount; ++i)
                filter.levels.set(static_cast<Severity>(i), i == static_cast<int>(severity));
        });
    });
    menu.addAction(tr("Hide %1").arg(name), &view, [&view, severity] {
        change(view, [severity](CaptureFilter &filter) { filter.levels.set(severity, false); });
    });
}

void addTime(QMenu &menu, ConsoleView &view, Nanoseconds created)
{
    menu.addAction(tr("From this record's time on"), &view, [&view, created] {
        change(view, [created](CaptureFilter &filter) {
            filter.from = created;
            if (filter.until && *filter.until <= created)
                filter.until.reset();
        });
    });
    menu.addAction(tr("Until this record's time"), &view, [&view, created] {
        change(view, [created](CaptureFilter &filter) {
            // The last moment is not in it, this record is to be.
            filter.until = created + 1;
            if (filter.from && *filter.from > created)
                filter.from.reset();
        });
    });
}

void addAttribute(QMenu &menu, ConsoleView &view, const LogRecord &record, const char *name, const QString &words)
{
    const ExpressionField field = ExpressionField::fromPath({name});
    if (const auto value = valueOf(record, field))
        addValue(menu, view, field, words, *value);
}

} // namespace

void add(ConsoleView &view, const std::string &expression, bool always)
{
    CaptureFilter filter = view.filter();
    if (filterparts::add(filter, {expression, true, always}))
        view.setFilter(std::move(filter));
    else
        Q_EMIT view.said(tr("There are %1 filters in this view already.").arg(filterparts::maxParts));
}

void fillFieldMenu(QMenu &menu, ConsoleView &view, const QString &field, const QString &value)
{
    const std::optional<ExpressionField> named = fieldFromText(field);
    const std::string text = value.toStdString();
    if (!named || text.size() > maxValueBytes)
        return;
    if (named->kind == ExpressionField::Kind::Logger)
        addLogger(menu, view, text);
    else if (named->kind != ExpressionField::Kind::Time)
        addValue(menu, view, *named, field, text);
}

void fillMenu(QMenu &menu, ConsoleView &view, const QPoint &globalPosition)
{
    const RecordTable &table = *view.table();
    const QPoint place = table.viewport()->mapFromGlobal(globalPosition);
    QModelIndex index = table.indexAt(place);
    if (!index.isValid())
        index = table.currentIndex();
    if (!index.isValid())
        return;
    const std::uint64_t number = view.model()->rowNumber(index.row());
    LogRecordBatch batch;
    const LogRecord *record = view.model()->snapshot().tryRecord(number, batch);
    const std::optional<RowView> row = view.model()->view(index.row());
    if (!record || !row)
        return;
    const ViewColumn &column = view.model()->column(index.column());
    menu.addSeparator();
    switch (column.kind()) {
    case ViewColumn::Kind::Time:
        addTime(menu, view, row->created);
        break;
    case ViewColumn::Kind::Level:
        addLevel(menu, view, row->levelno);
        break;
    case ViewColumn::Kind::Logger:
        addLogger(menu, view, row->logger);
        break;
    case ViewColumn::Kind::Message: {
        ExpressionField field;
        field.kind = ExpressionField::Kind::Message;
        if (row->message.size() <= maxValueBytes)
            addValue(menu, view, field, tr("message"), row->message);
        break;
    }
    case ViewColumn::Kind::Field:
        if (const auto field = fieldFromText(column.field)) {
            if (const auto value = valueOf(*record, *field))
                addValue(menu, view, *field, column.title(), *value);
        }
        break;
    }
    QMenu *more = menu.addMenu(tr("Filter by"));
    if (column.kind() != ViewColumn::Kind::Level)
        addLevel(*more->addMenu(tr("Level")), view, row->levelno);
    if (column.kind() != ViewColumn::Kind::Logger)
        addLogger(*more->addMenu(tr("Logger")), view, row->logger);
    if (column.kind() != ViewColumn::Kind::Time)
        addTime(*more->addMenu(tr("Time")), view, row->created);
    QMenu *sender = more->addMenu(tr("Process and thread"));
    addAttribute(*sender, view, *record, "process", tr("process"));
    addAttribute(*sender, view, *record, "processName", tr("process name"));
    addAttribute(*sender, view, *record, "threadName", tr("thread"));
    QMenu *origin = more->addMenu(tr("Place in the code"));
    addAttribute(*origin, view, *record, "funcName", tr("function"));
    addAttribute(*origin, view, *record, "module", tr("module"));
    addAttribute(*origin, view, *record, "filename", tr("file"));
    QMenu *extras = more->addMenu(tr("Further fields"));
    for (const Field &extra : record->extra.subspan(0, std::min<std::size_t>(record->extra.size(), 20))) {
        if (!extra.key.isText() || extra.key.chars().size() > 200)
            continue;
        ExpressionField field;
        field.keys = {std::string(extra.key.chars())};
        if (const auto value = valueOf(*record, field))
            addValue(*extras, view, field, words::fromUtf8(extra.key.chars(), 60), *value);
    }
    extras->menuAction()->setVisible(!extras->isEmpty());
    sender->menuAction()->setVisible(!sender->isEmpty());
    origin->menuAction()->setVisible(!origin->isEmpty());
}

} // namespace sluice::cellfilters
