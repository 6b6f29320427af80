#include "console/ViewMenus.h"

#include "console/ColumnLayout.h"
#include "console/ConsoleView.h"
#include "console/RecordTable.h"

#include <QCoreApplication>
#include <QMenu>
#include <QTimeZone>

#include <algorithm>
#include <map>

namespace sluice::menus {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ViewMenus", text); }

template <typename Change>
QAction *addTimeAction(QMenu &menu, ConsoleView &view, const QString &text, Change change)
{
    TimeFormat changed = view.model()->timeFormat();
    change(changed);
    QAction *action = menu.addAction(text, &view, [&view, change] {
        TimeFormat format = view.model()->timeFormat();
        change(format);
        view.table()->setTimeFormat(format);
    });
    action->setCheckable(true);
    action->setChecked(changed == view.model()->timeFormat());
    return action;
}

QAction *addZone(QMenu &menu, ConsoleView &view, const QString &text, const QByteArray &zone)
{
    return addTimeAction(menu, view, text, [zone](TimeFormat &format) {
        format.kind = TimeFormat::Kind::Clock;
        format.zone = zone;
    });
}

void fillZones(QMenu &menu, ConsoleView &view)
{
    addZone(menu, view, tr("This machine's"), {});
    addZone(menu, view, tr("UTC"), "UTC");
    menu.addSeparator();
    // Six hundred names, by continent; each part is filled when it is opened.
    std::map<QByteArray, QMenu *> continents;
    for (const QByteArray &zone : QTimeZone::availableTimeZoneIds()) {
        const qsizetype slash = zone.indexOf('/');
        if (slash <= 0 || zone.startsWith("Etc/"))
            continue;
        QMenu *&continent = continents[zone.left(slash)];
        if (continent)
            continue;
        continent = menu.addMenu(QString::fromLatin1(zone.left(slash)));
        QObject::connect(continent, &QMenu::aboutToShow, &view,
                         [continent, &view, prefix = zone.left(slash + 1)] {
                             if (!continent->isEmpty())
                                 return;
                             for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
                                 if (id.startsWith(prefix))
                                     addZone(*continent, view,
                                             QString::fromLatin1(id.mid(prefix.size())).replace(QLatin1Char('_'), QLatin1Char(' ')),
                                             id);
                             }
                         });
    }
}

} // namespace

void fillTimeMenu(QMenu &menu, ConsoleView &view)
{
    using Kind = TimeFormat::Kind;
    addTimeAction(menu, view, tr("Time of day"), [](TimeFormat &f) {
        f.kind = Kind::Clock;
        f.withDate = false;
    });
    addTimeAction(menu, view, tr("Date and time"), [](TimeFormat &f) {
        f.kind = Kind::Clock;
        f.withDate = true;
    });
    addTimeAction(menu, view, tr("Age (12 s ago)"), [](TimeFormat &f) { f.kind = Kind::Ago; });
    addTimeAction(menu, view, tr("Since the row above"), [](TimeFormat &f) { f.kind = Kind::SincePrevious; });
    addTimeAction(menu, view, tr("Since the reference row"), [](TimeFormat &f) { f.kind = Kind::SinceReference; })
        ->setEnabled(view.model()->reference().has_value());
    menu.addSeparator();
    fillZones(*menu.addMenu(tr("Time zone")), view);
    QMenu *digits = menu.addMenu(tr("Precision"));
    addTimeAction(*digits, view, tr("Seconds"), [](TimeFormat &f) { f.digits = 0; });
    addTimeAction(*digits, view, tr("Milliseconds"), [](TimeFormat &f) { f.digits = 3; });
    addTimeAction(*digits, view, tr("Microseconds"), [](TimeFormat &f) { f.digits = 6; });
    addTimeAction(*digits, view, tr("Nanoseconds"), [](TimeFormat &f) { f.digits = 9; });
}

void fillHeaderMenu(QMenu &menu, ConsoleView &view)
{
    fillTimeMenu(*menu.addMenu(tr("Time as")), view);
    QAction *byTime = menu.addAction(tr("Order by time"), &view, [&view] { view.setByTime(!view.model()->isByTime()); });
    byTime->setCheckable(true);
    byTime->setChecked(view.model()->isByTime());
    menu.addSeparator();
    const std::vector<ViewColumn> columns = view.table()->columnLayout()->columns();
    const auto toggle = [&view](const QString &field) {
        std::vector<ViewColumn> now = view.table()->columnLayout()->columns();
        const auto at = std::ranges::find(now, field, &ViewColumn::field);
        if (at == now.end())
            now.insert(now.end() - (now.back().field == QStringLiteral("message")), ViewColumn{field});
        else if (now.size() > 1)
            now.erase(at);
        view.table()->columnLayout()->set(std::move(now));
    };
    const auto add = [&](const ViewColumn &column, bool shown) {
        QAction *action =
            menu.addAction(column.title(), &view, [toggle, field = column.field] { toggle(field); });
        action->setCheckable(true);
        action->setChecked(shown);
        action->setEnabled(!shown || columns.size() > 1);
    };
    for (const ViewColumn &column : columns)
        add(column, true);
    for (const char *field : {"created", "levelname", "name", "message", "funcName", "filename", "lineno", "module",
                              "processName", "threadName"}) {
        const ViewColumn column{QString::fromLatin1(field)};
        if (std::ranges::find(columns, column.field, &ViewColumn::field) == columns.end())
            add(column, false);
    }
    menu.addSeparator();
    menu.addAction(tr("Columns…"), &view, [&view] { view.setColumnsPanelVisible(true); });
    menu.addAction(tr("Standard columns"), &view, [&view] { view.table()->columnLayout()->set(viewcolumns::standard()); });
}

} // namespace sluice::menus
