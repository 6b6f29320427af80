// The whole window by keyboard and by ear: names, keys, the way of Tab, and what the command palette reaches.
#include "console/ColumnsPanel.h"
#include "console/DetailPane.h"
#include "console/ExportBar.h"
#include "console/FilterField.h"
#include "console/HighlightsPanel.h"
#include "console/RecordDetail.h"
#include "console/ViewNavigator.h"
#include "shell/Actions.h"
#include "shell/CommandModel.h"
#include "shell/CommandPalette.h"
#include "shell/FontsAhead.h"
#include "shell/FormatDialog.h"
#include "shell/Sidebar.h"
#include "shell/SourceCommands.h"
#include "shell/SourceDialog.h"
#include "shell/ViewActions.h"
#include "shell/ViewWindow.h"
#include "ui/ViewFixture.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAction>
#include <QMenuBar>
#include <QScrollBar>
#include <QShortcut>
#include <QToolBar>

using namespace sluice;
using namespace sluice::test;

namespace {

QString described(const QObject *object)
{
    QString text = QLatin1String(object->metaObject()->className()) + QLatin1Char(' ') + object->objectName();
    for (const QObject *parent = object->parent(); parent; parent = parent->parent())
        text += QStringLiteral(" < ") + QLatin1String(parent->metaObject()->className());
    return text;
}

/// Those below it that a person can do something with, and that are seen, but have no name.
QStringList nameless(const QWidget *root)
{
    QStringList found;
    QList<QWidget *> widgets = root->findChildren<QWidget *>();
    for (QWidget *widget : std::as_const(widgets)) {
        // What Qt makes for itself within a widget is part of that.
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->objectName().startsWith(QLatin1String("qt_")) ||
            qobject_cast<QScrollBar *>(widget))
            continue;
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (!interface || interface->text(QAccessible::Name).isEmpty())
            found << described(widget);
    }
    return found;
}

/// All that Tab is to reach below it.
QSet<QWidget *> reachable(QWidget *root)
{
    QSet<QWidget *> found;
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && widget->isEnabled() && !widget->focusProxy() &&
            widget->window() == root)
            found << widget;
    }
    return found;
}

/// Those that have the focus one after the other, until one comes again.
QList<QWidget *> walk(QWidget *first, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QList<QWidget *> way;
    first->setFocus(Qt::TabFocusReason);
    for (QWidget *at = QApplication::focusWidget(); at && !way.contains(at) && way.size() < 500; at = QApplication::focusWidget()) {
        way << at;
        QTest::keyClick(at, key, modifiers);
    }
    return way;
}

/// But for the cities of the world, which fill the menus of their continents when those open.
void collect(QMenu *menu, QList<QAction *> &actions, int depth = 0)
{
    if (depth < 2)
        Q_EMIT menu->aboutToShow(); // some are filled then
    for (QAction *action : menu->actions()) {
        if (action->menu())
            collect(action->menu(), actions, depth + 1);
        else if (!action->isSeparator())
            actions << action;
    }
}

} // namespace

class WindowAccessTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }

    /// Every part open, with a record in each that shows one.
    void openAll()
    {
        f().window->resize(1280, 1000);
        f().append(20);
        f().append(1, "app.web", level::Error, R"(refused {"user": 7})");
        QTRY_COMPARE(f().shown(), 21);
        f().window->actions()->sidebar->setChecked(true);
        f().window->actions()->detail->setChecked(true);
        f().window->actions()->timeline->setChecked(true);
        f().table()->goTo(20);
        QTRY_VERIFY(!f().window->detail()->isEmpty());
        f().view()->setColumnsPanelVisible(true);
        f().view()->setHighlightsPanelVisible(true);
        f().view()->navigator()->openFind();
        f().view()->navigator()->openGoTo();
        f().view()->exportBar()->open();
        QApplication::processEvents();
    }

    void isNamedAndReached(QWidget *window, int least)
    {
        QTRY_COMPARE(QApplication::activeWindow(), window);
        QCOMPARE(nameless(window).join(QLatin1Char('\n')), QString());
        const QSet<QWidget *> all = reachable(window);
        QVERIFY(all.size() > least);
        const QList<QWidget *> way = walk(*all.begin(), Qt::Key_Tab, {});
        QStringList missed;
        for (const QWidget *widget : all) {
            if (!way.contains(widget))
                missed << described(widget);
        }
        QCOMPARE(missed.join(QLatin1Char('\n')), QString());
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
        f().window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f().window.get(), test::patience));
    }
    void cleanup() { m_fixture.reset(); }

    void allThatTakesTheFocusHasAName()
    {
        openAll();
        QCOMPARE(nameless(f().window.get()).join(QLatin1Char('\n')), QString());
        f().window->actions()->palette->trigger();
        QTRY_VERIFY(f().window->commandPalette()->isVisible());
        QCOMPARE(nameless(f().window->commandPalette()).join(QLatin1Char('\n')), QString());
    }

    void allOfADialogHasAName_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("follow") << static_cast<int>(SourceDialog::Kind::Follow);
        QTest::newRow("run") << static_cast<int>(SourceDialog::Kind::Run);
    }
    void allOfADialogHasAName()
    {
        QFETCH(int, kind);
        SourceDialog dialog(static_cast<SourceDialog::Kind>(kind), f().folder.path(), f().window.get());
        dialog.show();
        dialog.activateWindow();
        isNamedAndReached(&dialog, 3);
    }

    void allOfALogsFormatHasAName()
    {
        f().session->open({f().write(QStringLiteral("app.log"), threeLines)});
        QTRY_COMPARE(f().shown(), 3);
        QTRY_VERIFY(f().window->actions()->format->isEnabled());
        f().window->actions()->format->trigger();
        isNamedAndReached(f().window->sourceCommands()->formatDialog(), 3);
    }

    void allOfAViewsOwnWindowHasAName()
    {
        f().append(20);
        QTRY_COMPARE(f().shown(), 20);
        ConsoleView *view = f().view();
        f().window->viewActions()->ownWindow->trigger();
        ViewWindow *own = nullptr;
        QTRY_VERIFY((own = qobject_cast<ViewWindow *>(view->window())));
        view->setColumnsPanelVisible(true);
        view->setHighlightsPanelVisible(true);
        view->navigator()->openFind();
        view->navigator()->openGoTo();
        view->exportBar()->open();
        isNamedAndReached(own, 10);
    }

    void keysAndAboutHasNames()
    {
        f().window->actions()->keys->trigger();
        QWidget *about = nullptr;
        QTRY_VERIFY((about = QApplication::activeWindow()) && about != f().window.get());
        QCOMPARE(nameless(about).join(QLatin1Char('\n')), QString());
    }

    void noTwoCommandsHaveTheSameKeys()
    {
        openAll();
        QHash<QKeySequence, QStringList> owners;
        QSet<const QAction *> seen;
        QList<QWidget *> widgets = f().window->findChildren<QWidget *>();
        widgets << f().window.get();
        for (const QWidget *widget : std::as_const(widgets)) {
            for (QAction *action : widget->actions()) {
                if (action->shortcutContext() == Qt::WidgetShortcut || action->shortcutContext() == Qt::WidgetWithChildrenShortcut ||
                    !action->isEnabled() || seen.contains(action))
                    continue;
                seen << action;
                for (const QKeySequence &keys : action->shortcuts())
                    owners[keys] << action->text();
            }
        }
        for (const QShortcut *shortcut : f().window->findChildren<QShortcut *>()) {
            if (shortcut->isEnabled() && shortcut->context() != Qt::WidgetShortcut &&
                shortcut->context() != Qt::WidgetWithChildrenShortcut)
                owners[shortcut->key()] << described(shortcut);
        }
        QVERIFY(owners.size() > 40);
        QStringList shared;
        for (auto it = owners.constBegin(); it != owners.constEnd(); ++it) {
            if (it->size() > 1)
                shared << it.key().toString() + QStringLiteral(": ") + it->join(QStringLiteral(", "));
        }
        QCOMPARE(shared.join(QLatin1Char('\n')), QString());
    }

    void noTwoOfAMenuHaveTheSameLetter()
    {
        const auto letter = [](const QAction *action) { return QKeySequence::mnemonic(action->text()).toString(); };
        QStringList shared;
        const std::function<void(const QString &, const QList<QAction *> &)> look = [&](const QString &menu, const QList<QAction *> &actions) {
            QHash<QString, QString> owners;
            for (const QAction *action : actions) {
                if (action->menu())
                    look(action->text(), action->menu()->actions());
                const QString key = letter(action);
                if (key.isEmpty() || !action->isVisible())
                    continue;
                if (owners.contains(key))
                    shared << menu + QStringLiteral(": ") + owners[key] + QStringLiteral(", ") + action->text();
                owners[key] = action->text();
            }
        };
        look(QStringLiteral("bar"), f().window->menuBar()->actions());
        QCOMPARE(shared.join(QLatin1Char('\n')), QString());
    }

    void tabReachesEverythingAndIsNowhereCaught()
    {
        openAll();
        const QSet<QWidget *> all = reachable(f().window.get());
        QVERIFY(all.size() > 20);
        const QList<QWidget *> way = walk(f().window->filterField(), Qt::Key_Tab, {});
        const QSet<QWidget *> met(way.begin(), way.end());
        QStringList missed;
        for (const QWidget *widget : all) {
            if (!met.contains(const_cast<QWidget *>(widget)))
                missed << described(widget);
        }
        QCOMPARE(missed.join(QLatin1Char('\n')), QString());
        // Back is the same way, from its other end.
        const QList<QWidget *> back = walk(f().window->filterField(), Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(QSet<QWidget *>(back.begin(), back.end()), met);
    }

    void tabGoesThroughOnePartAfterTheOther()
    {
        openAll();
        const QList<QWidget *> parts{f().window->findChild<QToolBar *>(), f().window->sidebar(),
                                     f().window->views()->tabs(), f().window->detail()};
        QList<int> order;
        QStringList outside;
        for (QWidget *widget : walk(f().window->filterField(), Qt::Key_Tab, {})) {
            int part = -1;
            for (int i = 0; i < parts.size(); ++i) {
                if (parts[i] == widget || parts[i]->isAncestorOf(widget))
                    part = i;
            }
            if (part < 0)
                outside << described(widget);
            else if (order.isEmpty() || order.last() != part)
                order << part;
        }
        // It began within the tool bar, and comes back to its first buttons at the end.
        QCOMPARE(order, (QList<int>{0, 1, 2, 3, 0}));
        QCOMPARE(outside.join(QLatin1Char('\n')), QString());
    }

    void withinAColumnTabGoesDown()
    {
        openAll();
        int last = -1;
        for (QWidget *widget : walk(f().window->filterField(), Qt::Key_Tab, {})) {
            if (!f().window->sidebar()->isAncestorOf(widget))
                continue;
            const int y = widget->mapTo(f().window.get(), QPoint()).y();
            QVERIFY2(y >= last - 8, qPrintable(described(widget)));
            last = y;
        }
        QVERIFY(last > 0);
    }

    void thePaletteReachesAllOfTheMenus()
    {
        openAll();
        QList<QAction *> actions;
        for (const QAction *action : f().window->menuBar()->actions())
            collect(action->menu(), actions);
        QVERIFY(actions.size() > 40);
        f().window->actions()->palette->trigger();
        CommandPalette *palette = f().window->commandPalette();
        QTRY_VERIFY(palette->isVisible());
        QStringList missing;
        for (const QAction *action : std::as_const(actions)) {
            if (!action->isEnabled() || action == f().window->actions()->palette)
                continue;
            const QString words = action->text().remove(QLatin1Char('&'));
            palette->field()->setText(words);
            bool found = false;
            for (int row = 0; row < palette->model()->rowCount() && !found; ++row)
                found = palette->model()->index(row, 0).data().toString().contains(words, Qt::CaseInsensitive);
            if (!found)
                missing << words;
        }
        QCOMPARE(missing.join(QLatin1Char('\n')), QString());
    }

    void fontsAreReadAhead()
    {
        FontsAhead fonts;
        QCOMPARE(fonts.wait(), QSysInfo::kernelType() == QStringLiteral("linux"));
        QVERIFY(fonts.wait() || QSysInfo::kernelType() != QStringLiteral("linux")); // again does no harm
    }
};

QTEST_MAIN(WindowAccessTest)
#include "WindowAccessTest.moc"
