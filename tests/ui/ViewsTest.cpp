#include "shell/Views.h"
#include "console/ColumnLayout.h"
#include "console/FilterField.h"
#include "console/FollowPill.h"
#include "console/LevelToggles.h"
#include "console/LoggerTreeModel.h"
#include "console/LoggerTreeView.h"
#include "shell/Actions.h"
#include "shell/Sidebar.h"
#include "shell/ViewActions.h"
#include "shell/ViewTabBar.h"
#include "shell/ViewWindow.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QLineEdit>
#include <QToolButton>

using namespace sluice;
using namespace sluice::test;

/// Views in tabs and windows, by mouse and keyboard.
class ViewsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    ViewTabs *tabs() const { return f().window->views()->tabs(); }
    void key(Qt::Key key, Qt::KeyboardModifiers with = {}) const { QTest::keyClick(f().window.get(), key, with); }
    QString tabText(int index) const { return tabs()->bar()->tabText(index); }
    QPoint tabCentre(int index) const { return tabs()->bar()->tabRect(index).center(); }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void newViewsShowTheSameRecordsEachByItsOwnFilter()
    {
        f().append(5, "app.db", level::Info, "alpha");
        f().append(3, "app.http", level::Error, "beta");
        QTRY_COMPARE(f().shown(), 8);
        key(Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(tabs()->count(), 2);
        QTRY_COMPARE(f().shown(), 8);
        f().window->filterField()->setText(QStringLiteral("beta"));
        QTRY_COMPARE(f().shown(), 3);
        QCOMPARE(tabText(1), QStringLiteral("beta"));
        QTest::mouseClick(tabs()->bar(), Qt::LeftButton, {}, tabCentre(0));
        QTRY_COMPARE(f().shown(), 8);
        QVERIFY(f().window->filterField()->text().isEmpty());
        QTest::mouseClick(f().window->levelToggles()->button(Severity::Info), Qt::LeftButton);
        QTRY_COMPARE(f().shown(), 3);
        key(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(f().window->filterField()->text(), QStringLiteral("beta"));
        QVERIFY(f().window->levelToggles()->levels().isAll());
        // What is new reaches the view that is out of sight too.
        f().append(2, "x", level::Error, "gamma");
        QTRY_COMPARE(tabs()->view(0)->model()->rowCount(), 5);
        QCOMPARE(tabs()->view(1)->model()->rowCount(), 3);
    }

    void keysGoRoundTheTabs()
    {
        QTest::mouseClick(tabs()->addButton(), Qt::LeftButton);
        QTest::mouseClick(tabs()->addButton(), Qt::LeftButton);
        QCOMPARE(tabs()->count(), 3);
        QCOMPARE(tabs()->bar()->currentIndex(), 2);
        key(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(tabs()->bar()->currentIndex(), 0);
        key(Qt::Key_PageUp, Qt::ControlModifier);
        QCOMPARE(tabs()->bar()->currentIndex(), 2);
        key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs()->count(), 2);
        key(Qt::Key_W, Qt::ControlModifier);
        key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs()->count(), 1); // the last one stays
        f().append(1);
        QTRY_COMPARE(f().shown(), 1);
    }

    void middleClickClosesAndADoubleClickRenames()
    {
        key(Qt::Key_T, Qt::ControlModifier);
        QTest::mouseDClick(tabs()->bar(), Qt::LeftButton, {}, tabCentre(1));
        auto *field = tabs()->bar()->findChild<QLineEdit *>(QStringLiteral("tabName"));
        QTRY_VERIFY(field->isVisible());
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("A & B"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(tabText(1), QStringLiteral("A && B"));
        f().window->filterField()->setText(QStringLiteral("x"));
        QCOMPARE(f().view()->title(), QStringLiteral("A & B")); // its name stays
        QTest::mouseDClick(tabs()->bar(), Qt::LeftButton, {}, tabCentre(1));
        QTRY_VERIFY(field->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_VERIFY(!field->isVisible());
        QCOMPARE(f().view()->title(), QStringLiteral("A & B"));
        QTest::mouseDClick(tabs()->bar(), Qt::LeftButton, {}, tabCentre(1));
        field->clear();
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(tabText(1), QStringLiteral("x"));
        QTest::mouseClick(tabs()->bar(), Qt::MiddleButton, {}, tabCentre(1));
        QTRY_COMPARE(tabs()->count(), 1);
    }

    void loggersPickedBelongToTheirView()
    {
        f().append(2, "app.db");
        f().append(3, "worker");
        f().window->actions()->sidebar->trigger();
        LoggerTreeView *tree = f().window->sidebar()->loggerTree();
        const auto *model = static_cast<LoggerTreeModel *>(tree->model());
        QTRY_VERIFY(model->find(QStringLiteral("worker")).isValid());
        key(Qt::Key_T, Qt::ControlModifier);
        const QModelIndex worker = model->find(QStringLiteral("worker"));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(worker).center());
        QTRY_COMPARE(f().shown(), 3);
        QCOMPARE(tabText(1), QStringLiteral("worker"));
        key(Qt::Key_PageUp, Qt::ControlModifier);
        QTRY_COMPARE(f().shown(), 5);
        QVERIFY(tree->picked().isEmpty());
        key(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(tree->picked(), QStringList{QStringLiteral("worker")});
    }

    void aViewInItsOwnWindowHasControlsOfItsOwn()
    {
        f().append(4, "app", level::Info, "alpha");
        f().append(2, "app", level::Error, "beta");
        QTRY_COMPARE(f().shown(), 6);
        ConsoleView *view = f().view();
        key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(f().window->views()->windows().size(), 1u);
        QCOMPARE(tabs()->count(), 1); // never without
        ViewWindow *window = f().window->views()->windows().front();
        QVERIFY(QTest::qWaitForWindowExposed(window, test::patience));
        QCOMPARE(window->view(), view);
        window->filterField()->setText(QStringLiteral("beta"));
        QTRY_COMPARE(view->model()->rowCount(), 2);
        QCOMPARE(window->windowTitle(), QStringLiteral("beta — Sluice"));
        QTRY_COMPARE(f().shown(), 6);
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window, test::patience));
        QTest::keyClick(window, Qt::Key_Space);
        QTRY_VERIFY(view->isFrozen());
        QVERIFY(!f().view()->isFrozen());
        Q_EMIT window->backRequested();
        QTRY_COMPARE(tabs()->count(), 2);
        QCOMPARE(tabs()->current(), view);
        QVERIFY(f().window->views()->windows().empty());
        QTRY_VERIFY(view->isVisible());
        QCOMPARE(f().window->filterField()->text(), QStringLiteral("beta"));
    }

    void aTabDraggedOffTheBarBecomesAWindow()
    {
        key(Qt::Key_T, Qt::ControlModifier);
        ConsoleView *view = f().view();
        ViewTabBar *bar = tabs()->bar();
        QTest::mousePress(bar, Qt::LeftButton, {}, tabCentre(1));
        QTest::mouseMove(bar, tabCentre(1) + QPoint(5, 40));
        const auto drag = [bar](QPoint to) {
            QMouseEvent event(QEvent::MouseMove, to, bar->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(bar, &event);
        };
        drag(tabCentre(1) + QPoint(10, 60));
        drag(tabCentre(1) + QPoint(10, 200));
        QTest::mouseRelease(bar, Qt::LeftButton, {}, tabCentre(1) + QPoint(10, 200));
        QTRY_COMPARE(f().window->views()->windows().size(), 1u);
        QCOMPARE(f().window->views()->windows().front()->view(), view);
        f().window->views()->windows().front()->close();
        QTRY_VERIFY(f().window->views()->windows().empty());
        QCOMPARE(tabs()->count(), 1);
    }

    void viewsComeBackAtTheNextStart()
    {
        f().window->filterField()->setText(QStringLiteral("first"));
        key(Qt::Key_T, Qt::ControlModifier);
        f().view()->setName(QStringLiteral("Second"));
        f().table()->columnLayout()->set({{QStringLiteral("message"), 0}, {QStringLiteral("funcName"), 150}});
        key(Qt::Key_T, Qt::ControlModifier);
        f().window->filterField()->setText(QStringLiteral("third"));
        f().window->views()->moveToWindow(f().view());
        QCOMPARE(tabs()->count(), 2);
        tabs()->setCurrent(tabs()->view(1));
        f().window->close();
        QVERIFY(f().open());
        QCOMPARE(tabs()->count(), 2);
        QCOMPARE(tabs()->view(0)->filter().text, std::string("first"));
        QCOMPARE(tabs()->current()->title(), QStringLiteral("Second"));
        QCOMPARE(f().header(1), QStringLiteral("funcName"));
        QCOMPARE(f().window->views()->windows().size(), 1u);
        QCOMPARE(f().window->views()->windows().front()->view()->filter().text, std::string("third"));
    }

    void settingsThatMakeNoSenseGiveOneView()
    {
        f().window.reset();
        f().settings->setValue(setting::views, QStringLiteral("{\"views\": [[], 7, {\"columns\": 3}], \"current\": 99}"));
        QVERIFY(f().open());
        QVERIFY(tabs()->count() >= 1);
        f().append(1);
        QTRY_COMPARE(f().shown(), 1);
    }

    void aPausedViewDoesNotFollow()
    {
        f().append(3);
        QTRY_COMPARE(f().shown(), 3);
        Actions *actions = f().window->actions();
        QVERIFY(actions->follow->isChecked());
        f().table()->setFocus();
        QTest::keyClick(f().table(), Qt::Key_Space);
        QTRY_VERIFY(f().view()->isFrozen());
        QVERIFY(!actions->follow->isChecked());
        f().append(4);
        QTRY_VERIFY(f().view()->pill()->text().endsWith(QStringLiteral("4 new")));
        actions->follow->trigger(); // lets it go
        QVERIFY(!f().view()->isFrozen());
        QVERIFY(actions->follow->isChecked());
        QTRY_COMPARE(f().shown(), 7);
    }
};

QTEST_MAIN(ViewsTest)
#include "ViewsTest.moc"
