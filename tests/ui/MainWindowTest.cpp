#include "capture/SampleRecords.h"
#include "console/ConsoleView.h"
#include "console/DetailPane.h"
#include "console/FieldModel.h"
#include "console/FilterField.h"
#include "console/FirstRunHint.h"
#include "console/FollowPill.h"
#include "console/LevelToggles.h"
#include "console/LoggerTreeModel.h"
#include "console/LoggerTreeView.h"
#include "console/Notice.h"
#include "console/RecordDetail.h"
#include "console/RecordTable.h"
#include "console/TextBlock.h"
#include "look/Appearance.h"
#include "shell/Actions.h"
#include "shell/MainWindow.h"
#include "shell/ProblemBanner.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/Sidebar.h"
#include "support/Patience.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QWheelEvent>

#include <array>

using namespace sluice;
using namespace sluice::test;

class MainWindowTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;

    void openWindow(const Capture::Options &options = {})
    {
        m_window.reset();
        m_session = std::make_unique<Session>(options);
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), test::patience) && QTest::qWaitForWindowActive(m_window.get(), test::patience));
    }

    void append(int count, std::string_view logger = "app.db", int levelno = level::Info,
                std::string_view message = "record")
    {
        LogRecordBatch batch;
        for (int i = 0; i < count; ++i)
            addRecord(batch, logger, levelno, message);
        m_session->capture()->append(pointers(batch));
    }

    RecordTable *table() const { return m_window->console()->table(); }
    int shown() const { return table()->model()->rowCount(); }

    /// Scrolls as a reader does, with the wheel.
    void wheel(int steps)
    {
        const QPointF at = table()->viewport()->rect().center();
        QWheelEvent event(at, table()->viewport()->mapToGlobal(at), {}, QPoint(0, 120 * steps), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(table()->viewport(), &event);
    }

    QString pill() const { return m_window->console()->pill()->text(); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        openWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_settings.reset();
        Appearance::instance().setMode(Appearance::Mode::System);
    }

    void recordsAppearByThemselves()
    {
        QVERIFY(m_window->console()->hint()->isVisible());
        append(3);
        QTRY_COMPARE(shown(), 3);
        QVERIFY(table()->isVisible());
        QTest::qWait(100); // the clock rests by now
        append(2);
        QTRY_COMPARE(shown(), 5);
    }

    void textFilterNarrowsAndWidens()
    {
        append(5, "app.db", level::Info, "alpha");
        append(3, "app.db", level::Info, "beta");
        QTRY_COMPARE(shown(), 8);
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_window->filterField()->hasFocus());
        QTest::keyClicks(m_window->filterField(), QStringLiteral("beta"));
        QTRY_COMPARE(shown(), 3);
        append(1, "app.db", level::Info, "beta too");
        append(1, "app.db", level::Info, "alpha too");
        QTRY_COMPARE(shown(), 4);
        QTest::keyClick(m_window->filterField(), Qt::Key_Escape);
        QTRY_COMPARE(shown(), 10);
    }

    void noMatchSaysSoAndOffersTheWayBack()
    {
        append(5);
        m_window->filterField()->setText(QStringLiteral("nowhere"));
        auto *notice = m_window->findChild<Notice *>(QStringLiteral("noMatches"));
        QTRY_VERIFY(notice->isVisible());
        QTest::mouseClick(notice->button(), Qt::LeftButton);
        QTRY_COMPARE(shown(), 5);
        QVERIFY(m_window->filterField()->text().isEmpty());
    }

    void levelTogglesHideTheirLevel()
    {
        append(4, "app", level::Debug);
        append(2, "app", level::Error);
        append(1, "app", level::Critical);
        QTRY_COMPARE(shown(), 7);
        LevelToggles *levels = m_window->levelToggles();
        QTest::mouseClick(levels->button(Severity::Debug), Qt::LeftButton);
        QTRY_COMPARE(shown(), 3);
        QTest::mouseClick(levels->button(Severity::Critical), Qt::LeftButton, Qt::ShiftModifier);
        QTRY_COMPARE(shown(), 1);
        m_window->actions()->showAll->trigger();
        QTRY_COMPARE(shown(), 7);
    }

    void pickedLoggerShowsItsChildrenToo()
    {
        append(1, "app");
        append(2, "app.db");
        append(3, "app.db.pool");
        append(4, "worker");
        LoggerTreeView *tree = m_window->sidebar()->loggerTree();
        const auto *model = static_cast<LoggerTreeModel *>(tree->model());
        QTRY_VERIFY(model->find(QStringLiteral("app.db.pool")).isValid());
        const QModelIndex db = model->find(QStringLiteral("app.db"));
        tree->scrollTo(db);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(db).center());
        QTRY_COMPARE(shown(), 5);
        const QModelIndex worker = model->find(QStringLiteral("worker"));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          tree->visualRect(worker).center());
        QTRY_COMPARE(shown(), 9);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                          tree->visualRect(model->index(0, 0)).center());
        QTRY_COMPARE(shown(), 10);
    }

    void followsUntilTheReaderScrollsAndAgainAtTheEnd()
    {
        append(500);
        QTRY_COMPARE(shown(), 500);
        QScrollBar *bar = table()->verticalScrollBar();
        QTRY_COMPARE(bar->value(), bar->maximum());
        QCOMPARE(pill(), QStringLiteral("Following"));
        wheel(3);
        QVERIFY(!table()->isFollowing());
        const auto top = table()->topRow();
        append(1'234);
        QTRY_COMPARE(shown(), 1'734);
        QCOMPARE(table()->topRow(), top);
        QTRY_VERIFY(pill().startsWith(QStringLiteral("Paused at ")));
        QVERIFY2(pill().endsWith(QStringLiteral("1,234 new")), qPrintable(pill()));
        for (int i = 0; i < 200; ++i)
            wheel(-10);
        QVERIFY(table()->isFollowing());
        append(10);
        QTRY_COMPARE(shown(), 1'744);
        QTRY_COMPARE(bar->value(), bar->maximum());
        QCOMPARE(pill(), QStringLiteral("Following"));
    }

    void keysAndPillStopAndResume()
    {
        append(500);
        QTRY_COMPARE(shown(), 500);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F);
        QTRY_VERIFY(!table()->isFollowing());
        QVERIFY(!m_window->actions()->follow->isChecked());
        append(5);
        QTRY_VERIFY(pill().endsWith(QStringLiteral("5 new")));
        QTest::mouseClick(m_window->console()->pill(), Qt::LeftButton);
        QVERIFY(table()->isFollowing());
        QTest::keyClick(table(), Qt::Key_Home);
        QVERIFY(!table()->isFollowing());
        QCOMPARE(table()->topRow(), std::optional<std::uint64_t>(0));
        QTest::keyClick(table(), Qt::Key_End);
        QVERIFY(table()->isFollowing());
    }

    void resizingDoesNotEndFollowing()
    {
        append(500);
        QTRY_COMPARE(shown(), 500);
        m_window->resize(900, 500);
        append(1);
        QTRY_COMPARE(shown(), 501);
        QVERIFY(table()->isFollowing());
        m_window->resize(1200, 900);
        QTRY_COMPARE(table()->verticalScrollBar()->value(), table()->verticalScrollBar()->maximum());
        QVERIFY(table()->isFollowing());
    }

    void stoppedViewDoesNotMoveWhileOldRecordsGo()
    {
        openWindow({.budget = 800 * 1024, .blockBytes = 16 * 1024});
        const std::string message(150, 'x');
        append(3'000, "app", level::Info, message);
        QTRY_COMPARE(shown(), 3'000);
        QTRY_VERIFY(table()->verticalScrollBar()->maximum() > 2'000);
        table()->verticalScrollBar()->setValue(2'500);
        QVERIFY(!table()->isFollowing());
        table()->setCurrentIndex(table()->model()->index(2'505, 0));
        const auto top = table()->topRow();
        const auto current = table()->currentRow();
        const auto last = [&] { return m_window->console()->model()->rowNumber(shown() - 1); };
        for (int i = 1; i <= 4; ++i) {
            append(500, "app", level::Info, message);
            QTRY_COMPARE(last(), std::uint64_t(3'000 + 500 * i - 1));
            QCOMPARE(table()->topRow(), top);
            QCOMPARE(table()->currentRow(), current);
        }
        QVERIFY(m_session->capture()->snapshot().firstRow() > 0);
        QVERIFY(!table()->isFollowing());
    }

    void pausedViewShowsNothingNewUntilItGoesOn()
    {
        append(10);
        QTRY_COMPARE(shown(), 10);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Space);
        QTRY_VERIFY(m_window->console()->isFrozen());
        append(7);
        QTRY_VERIFY(pill().endsWith(QStringLiteral("7 new")));
        QCOMPARE(shown(), 10);
        QTest::keyClick(table(), Qt::Key_Space);
        QTRY_COMPARE(shown(), 17);
    }

    void filterKeepsTheSelectedRecordInView()
    {
        for (int i = 0; i < 300; ++i)
            append(1, "app", i % 3 ? level::Info : level::Error);
        QTRY_COMPARE(shown(), 300);
        table()->setFollowing(false);
        table()->setCurrentIndex(table()->model()->index(150, 0));
        table()->scrollTo(table()->currentIndex());
        QTest::mouseClick(m_window->levelToggles()->button(Severity::Info), Qt::LeftButton);
        QTRY_COMPARE(shown(), 100);
        QTRY_COMPARE(table()->currentRow(), std::optional<std::uint64_t>(150));
        QVERIFY(table()->viewport()->rect().contains(table()->visualRect(table()->currentIndex()).center()));
        m_window->actions()->showAll->trigger();
        QTRY_COMPARE(shown(), 300);
        QTRY_COMPARE(table()->currentRow(), std::optional<std::uint64_t>(150));
        QVERIFY(table()->viewport()->rect().contains(table()->visualRect(table()->currentIndex()).center()));
    }

    void detailShowsEveryFieldAndTheTraceback()
    {
        const std::array<Field, 1> inner{Field{Value::text("id"), Value::integer(42)}};
        const std::array<Field, 1> extra{Field{Value::text("user"), Value::dict(inner)}};
        LogRecordBatch batch;
        LogRecord &record = addRecord(batch, "app", level::Error, "Zahlung fehlgeschlagen: 北京");
        record.set(Attribute::ExcText,
                   Value::text("Traceback (most recent call last):\n  a line that is longer than the pane is "
                               "wide and so has a scroll bar below it, which takes room\nValueError: no"));
        record.extra = extra;
        m_session->capture()->append(pointers(batch));
        QTRY_COMPARE(shown(), 1);
        DetailPane *detail = m_window->detail();
        QVERIFY(detail->isEmpty());
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(table()->model()->index(0, 3)).center());
        QVERIFY(!detail->isEmpty());
        QCOMPARE(detail->record()->message()->text(), QStringLiteral("Zahlung fehlgeschlagen: 北京"));
        QVERIFY(detail->record()->traceback()->isVisible());
        const auto *edit = detail->record()->traceback()->findChild<QPlainTextEdit *>();
        QTRY_COMPARE(edit->verticalScrollBar()->maximum(), 0); // all of it is in view
        QVERIFY(detail->record()->traceback()->text().endsWith(QStringLiteral("ValueError: no")));
        QCOMPARE(detail->record()->attributes()->rowCount(), int(attributeCount));
        const QModelIndex user = detail->record()->extra()->index(0, 0);
        QCOMPARE(user.data().toString(), QStringLiteral("user"));
        QCOMPARE(detail->record()->extra()->index(0, 1, user).data().toString(), QStringLiteral("42"));
    }

    void copyTakesTheSelectedRecordsInOrder()
    {
        append(1, "a", level::Info, "first");
        append(1, "b", level::Info, "second");
        QTRY_COMPARE(shown(), 2);
        table()->setFocus();
        table()->selectAll();
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 1);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QVERIFY(lines[0].endsWith(QStringLiteral("INFO a: first")));
        QVERIFY(lines[1].endsWith(QStringLiteral("INFO b: second")));
    }

    void clearForgetsAndGoesOn()
    {
        append(5);
        QTRY_COMPARE(shown(), 5);
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QTRY_COMPARE(shown(), 0);
        QVERIFY(m_window->console()->hint()->isVisible());
        append(2);
        QTRY_COMPARE(shown(), 2);
    }

    void themeSwitchesLiveAndIsRemembered()
    {
        m_window->actions()->themeDark->trigger();
        QVERIFY(Appearance::theme().isDark());
        QVERIFY(m_window->palette().color(QPalette::Window).lightness() < 80);
        QCOMPARE(m_settings->value(setting::theme).toString(), QStringLiteral("dark"));
        m_window->actions()->themeLight->trigger();
        QVERIFY(m_window->palette().color(QPalette::Window).lightness() > 200);
    }

    void panesFoldAwayAndRememberIt()
    {
        QVERIFY(m_window->sidebar()->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
        QTRY_VERIFY(!m_window->sidebar()->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY(!m_window->detail()->isVisible());
        openWindow();
        QVERIFY(!m_window->sidebar()->isVisible());
        QVERIFY(!m_window->detail()->isVisible());
    }

    void everyWidgetThatTakesTheFocusHasAName()
    {
        append(1);
        QTRY_COMPARE(shown(), 1);
        table()->selectRow(0);
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const QAccessibleInterface *interface =
                QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                     qPrintable(QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                                widget->objectName()));
        }
    }
};

QTEST_MAIN(MainWindowTest)
#include "MainWindowTest.moc"
