#include "shell/ViewActions.h"

#include "console/ColumnsPanel.h"
#include "console/ConsoleView.h"
#include "console/ExportBar.h"
#include "console/FindBar.h"
#include "console/Highlights.h"
#include "console/HighlightsPanel.h"
#include "console/RecordTable.h"
#include "console/ViewMenus.h"
#include "console/ViewNavigator.h"
#include "console/Words.h"
#include "filter/Expression.h"
#include "look/Icons.h"
#include "shell/Documents.h"
#include "shell/ViewTabs.h"
#include "shell/Views.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>

namespace sluice {

ViewActions::ViewActions(Views *views, QObject *parent) : QObject(parent), m_views(views)
{
    const auto ctrl = [](Qt::Key key) { return QKeySequence(Qt::CTRL | key); };
    newView = add(tr("&New view"), QStringLiteral("plus"), {ctrl(Qt::Key_T)}, [this](ConsoleView &) {
        m_views->add({});
    });
    closeView = add(tr("&Close view"), QStringLiteral("close"), {ctrl(Qt::Key_W)},
                    [this](ConsoleView &view) { m_views->close(&view); });
    liveView = add(tr("View of the &live records"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
                   [this](ConsoleView &) { m_views->show(m_views->documents()->live()); });
    nextView = add(tr("Ne&xt view"), {}, {ctrl(Qt::Key_Tab), ctrl(Qt::Key_PageDown)},
                   [this](ConsoleView &) { m_views->tabs()->step(1); });
    previousView = add(tr("Pre&vious view"), {},
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab), ctrl(Qt::Key_PageUp)},
                       [this](ConsoleView &) { m_views->tabs()->step(-1); });
    ownWindow = add(tr("View in its &own window"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)},
                    [this](ConsoleView &view) { m_views->moveToWindow(&view); });
    find = add(tr("&Find"), QStringLiteral("search"), {QKeySequence(QKeySequence::Find)},
               [](ConsoleView &view) { view.navigator()->openFind(); });
    findNext = add(tr("Find &next"), {}, {QKeySequence(Qt::Key_F3)},
                   [](ConsoleView &view) { view.navigator()->findNext(); });
    findPrevious = add(tr("Find &previous"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_F3)},
                       [](ConsoleView &view) { view.navigator()->findPrevious(); });
    goTo = add(tr("&Go to time or row"), {}, {ctrl(Qt::Key_G)},
               [](ConsoleView &view) { view.navigator()->openGoTo(); });
    nextError = add(tr("Next &error"), {}, {QKeySequence(Qt::Key_E)}, [](ConsoleView &view) {
        view.navigator()->nextOf(Severity::Error, Severity::Critical, false);
    });
    previousError = add(tr("Previous error"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_E)}, [](ConsoleView &view) {
        view.navigator()->nextOf(Severity::Error, Severity::Critical, true);
    });
    nextWarning = add(tr("Next &warning"), {}, {QKeySequence(Qt::Key_W)}, [](ConsoleView &view) {
        view.navigator()->nextOf(Severity::Warning, Severity::Warning, false);
    });
    previousWarning = add(tr("Previous warning"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_W)}, [](ConsoleView &view) {
        view.navigator()->nextOf(Severity::Warning, Severity::Warning, true);
    });
    mark = add(tr("&Mark"), {}, {QKeySequence(Qt::Key_M)},
               [](ConsoleView &view) { view.navigator()->toggleMark(); });
    note = add(tr("No&te…"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_M)},
               [](ConsoleView &view) { view.navigator()->editNote(); });
    nextMark = add(tr("Next mark"), {}, {QKeySequence(Qt::Key_BracketRight)},
                   [](ConsoleView &view) { view.navigator()->nextMark(false); });
    previousMark = add(tr("Previous mark"), {}, {QKeySequence(Qt::Key_BracketLeft)},
                       [](ConsoleView &view) { view.navigator()->nextMark(true); });
    reference = add(tr("Count time &differences from here"), {}, {QKeySequence(Qt::Key_R)}, [](ConsoleView &view) {
        view.navigator()->setReference();
        TimeFormat format = view.model()->timeFormat();
        format.kind = view.model()->reference() ? TimeFormat::Kind::SinceReference : TimeFormat::Kind::Clock;
        view.table()->setTimeFormat(format);
    });
    timeFormat = add(tr("Time: clock, age, differences"), {}, {QKeySequence(Qt::Key_T)},
                     [](ConsoleView &view) { view.nextTimeFormat(); });
    byTime = add(tr("Order &by time"), {}, {QKeySequence(Qt::Key_O)},
                 [](ConsoleView &view) { view.setByTime(!view.model()->isByTime()); });
    byTime->setCheckable(true);
    byTime->setToolTip(tr("Rows by the time of their records, not as they came (O)"));
    const auto showOrder = [this] {
        if (const ConsoleView *view = m_views->current())
            byTime->setChecked(view->model()->isByTime());
    };
    connect(views, &Views::currentChanged, this, showOrder);
    connect(views, &Views::added, this, [this, showOrder](ConsoleView *view) {
        connect(view, &ConsoleView::stateChanged, this, showOrder);
    });
    columns = add(tr("Col&umns…"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [](ConsoleView &view) {
        view.setColumnsPanelVisible(view.columnsPanel()->isHidden());
    });
    highlights = add(tr("&Highlights…"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)}, [](ConsoleView &view) {
        view.setHighlightsPanelVisible(view.highlightsPanel()->isHidden());
    });
    for (int color = 0; color < HighlightRules::colors; ++color) {
        auto *action = new QAction(tr("Highlight with colour %1").arg(color + 1), this);
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + color)));
        connect(action, &QAction::triggered, this, [this, color] { highlightSelection(color); });
        highlightSelected.push_back(action);
    }
    copy = add(tr("Copy as &text"), QStringLiteral("copy"), {}, [](ConsoleView &view) {
        view.exportBar()->copy(RecordTextOptions::Kind::Text);
    });
    copyJson = add(tr("Copy as &JSON"), {}, {},
                   [](ConsoleView &view) { view.exportBar()->copy(RecordTextOptions::Kind::Json); });
    copyMarkdown = add(tr("Copy as Mark&down"), {}, {},
                       [](ConsoleView &view) { view.exportBar()->copy(RecordTextOptions::Kind::Markdown); });
    exportRecords = add(tr("&Export what is shown…"), QStringLiteral("save"), {ctrl(Qt::Key_E)},
                        [](ConsoleView &view) { view.exportBar()->open(); });
}

QAction *ViewActions::add(const QString &text, const QString &icon, const std::vector<QKeySequence> &keys,
                          std::function<void(ConsoleView &)> act)
{
    auto *action = new QAction(text, this);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcuts(QList<QKeySequence>(keys.begin(), keys.end()));
    connect(action, &QAction::triggered, this, [this, act = std::move(act)] {
        if (ConsoleView *view = m_views->current())
            act(*view);
    });
    m_all.push_back(action);
    return action;
}

void ViewActions::highlightSelection(int color)
{
    ConsoleView *view = m_views->current();
    if (!view)
        return;
    // What is selected where the keys go; else what is looked for; else the record's message.
    QString text;
    if (const auto *edit = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()))
        text = edit->textCursor().selectedText();
    else if (const auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget()))
        text = line->selectedText();
    if (text.isEmpty() && view->navigator()->findBar()->isVisible())
        text = view->navigator()->findBar()->field()->text();
    if (const auto row = view->table()->currentRow(); text.isEmpty() && row && view->model()->isShown(*row)) {
        if (const auto record = view->model()->view(view->model()->indexOf(*row)))
            text = words::fromUtf8(words::firstLine(record->message), 1000);
    }
    text = text.section(QChar(QChar::ParagraphSeparator), 0, 0).trimmed();
    if (text.isEmpty()) {
        Q_EMIT view->said(tr("Nothing is selected that could be highlighted."));
        return;
    }
    HighlightRules rules = m_views->highlights()->rules();
    if (rules.toggle(Expression::search(text.toStdString()).print(), color))
        m_views->highlights()->setRules(rules);
    else
        Q_EMIT view->said(tr("There are %1 highlight rules already.").arg(HighlightRules::maxRules));
}

void ViewActions::fillMenus(QMenuBar &bar)
{
    QMenu *view = bar.addMenu(tr("&Views"));
    view->addActions({newView, ownWindow, liveView, closeView});
    view->addSeparator();
    view->addActions({nextView, previousView});
    view->addSeparator();
    view->addActions({columns, highlights});
    QMenu *selected = view->addMenu(tr("Highlight what is &selected"));
    for (QAction *action : highlightSelected)
        selected->addAction(action);
    QMenu *time = view->addMenu(tr("&Time as"));
    // With what is ticked in the view of that moment.
    connect(time, &QMenu::aboutToShow, this, [this, time] {
        time->clear();
        if (ConsoleView *current = m_views->current())
            menus::fillTimeMenu(*time, *current);
    });
    view->addActions({timeFormat, reference});
    view->addSeparator();
    view->addAction(byTime);

    QMenu *go = bar.addMenu(tr("&Go"));
    go->addActions({find, findNext, findPrevious, goTo});
    go->addSeparator();
    go->addActions({nextError, previousError, nextWarning, previousWarning});
    go->addSeparator();
    go->addActions({mark, note, nextMark, previousMark});
}

void ViewActions::fillRecordMenu(QMenu &menu) const
{
    menu.addActions({copy, copyJson, copyMarkdown});
    menu.addSeparator();
    menu.addActions({mark, note, reference});
}

} // namespace sluice
