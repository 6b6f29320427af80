#include "ShowStrings.h"
#include "shell/Actions.h"
#include "shell/Documents.h"
#include "shell/StatusBar.h"
#include "shell/TapBar.h"
#include "shell/TapFeed.h"
#include "shell/ViewTabBar.h"
#include "ui/ChainFixture.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>

using namespace sluice;

/// Views of what passes a wire, in the real window over a chain that runs.
class TapTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::ChainFixture> m_fixture;

    test::ChainFixture &desk() { return *m_fixture; }
    TapBar *bar() { return desk().view()->findChild<TapBar *>(); }
    /// By the mouse, where its figures stand.
    void tap(const char *to)
    {
        QPoint middle;
        // A real screen tells of the pointer, and a window manager gives the window its size, in their own time.
        const auto isPointedAt = [&] {
            middle = desk().at(desk().wireTo(to).middle());
            QTest::mouseMove(desk().canvas(), middle + QPoint(0, 60));
            QTest::mouseMove(desk().canvas(), middle);
            return QTest::qWaitFor([&] { return desk().canvas()->labelledWireAt(middle) != nullptr; }, 500);
        };
        QTRY_VERIFY(isPointedAt());
        QTest::mouseClick(desk().canvas(), Qt::LeftButton, {}, middle);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::ChainFixture>();
        QVERIFY(desk().openChain());
        QTRY_VERIFY(desk().wireTo("errors").live().isRunning);
    }
    void cleanup() { m_fixture.reset(); }

    void aClickOnAWireShowsWhatPassesThereAndNothingElse()
    {
        desk().send(3, 20);
        QTRY_COMPARE(desk().wireStatus("console").passed, 3u);
        tap("errors.log");
        QVERIFY(!desk().page()->isVisible());
        QVERIFY(desk().view()->isVisible());
        QVERIFY(bar() && bar()->isVisible());
        QCOMPARE(desk().view()->title(), QStringLiteral("errors → errors.log"));
        QVERIFY(desk().view()->isFollowing());
        desk().send(5, 20);
        desk().send(2, 40, "failed");
        QTRY_COMPARE(desk().shown(), 2);
        QCOMPARE(desk().wireStatus("errors").passed, 10u);
        // A view like any other.
        CaptureFilter filter;
        filter.text = "no such text";
        desk().view()->setFilter(filter);
        QTRY_COMPARE(desk().shown(), 0);
        desk().view()->setFilter({});
        QTRY_COMPARE(desk().shown(), 2);
        QVERIFY2(bar()->sentence().contains(QStringLiteral("from errors to errors.log")), qPrintable(bar()->sentence()));
        QVERIFY(bar()->sentence().endsWith(QStringLiteral("2 records")));
        QCOMPARE(bar()->warning(), QString());
        // The wire again goes to the view that is there.
        desk().window->chainTab()->open();
        tap("errors.log");
        QCOMPARE(desk().window->views()->all().size(), std::size_t(2));
    }

    void theKeyOfANodeOffersItsWires()
    {
        desk().canvas()->scene()->select({"errors.log"});
        QTest::keyClick(desk().canvas(), Qt::Key_T);
        QCOMPARE(desk().view()->title(), QStringLiteral("errors → errors.log"));
        desk().window->chainTab()->open();
        desk().canvas()->scene()->select({"errors"});
        QTest::keyClick(desk().canvas(), Qt::Key_T);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2);
        QCOMPARE(menu->actions()[0]->text(), QStringLiteral("What passes from python to errors"));
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(desk().view()->title(), QStringLiteral("python → errors"));
    }

    void goesOnWhenTheChangedChainHasTheWireAndSaysSoWhenItHasNone()
    {
        tap("errors");
        desk().send(2);
        QTRY_COMPARE(desk().shown(), 2);
        QVERIFY(desk().page()->editor().setParam("errors", "expression", QStringLiteral("level >= CRITICAL")));
        QVERIFY(desk().apply());
        desk().send(3);
        QTRY_COMPARE(desk().shown(), 5);
        QCOMPARE(bar()->warning(), QString());

        QVERIFY(desk().page()->editor().remove({"errors"}, false));
        QVERIFY(desk().apply());
        QTRY_VERIFY(bar()->warning().startsWith(QStringLiteral("The wire is gone")));
        QCOMPARE(desk().shown(), 5); // what it has stays
        desk().page()->editor().undo();
        QVERIFY(desk().apply());
        QTRY_COMPARE(bar()->warning(), QString());
        desk().send(1);
        QTRY_COMPARE(desk().shown(), 6);
    }

    void goesOnWhenTheChainIsStoppedAndStartedAgain()
    {
        tap("errors");
        desk().session->setRunning(false);
        QTRY_COMPARE(bar()->warning(), QStringLiteral("The chain is stopped"));
        desk().session->setRunning(true);
        QTRY_COMPARE(bar()->warning(), QString());
        desk().send(1);
        QTRY_COMPARE(desk().shown(), 1);
        // Another project has other wires, whatever they are called.
        QVERIFY(desk().openProject(QStringLiteral("Other")));
        QTRY_VERIFY(bar()->warning().startsWith(QStringLiteral("The wire is gone")));
    }

    void endsWithItsView()
    {
        tap("errors");
        const std::weak_ptr<RecordStore> store = desk().view()->capture();
        QCOMPARE(desk().window->documents()->files().size(), std::size_t(1));
        desk().window->views()->close(desk().view());
        QVERIFY(desk().window->documents()->files().empty());
        QTRY_VERIFY(store.expired());
        desk().send(1);
        QTRY_COMPARE(desk().wireStatus("errors").passed, 1u);
    }

    void isNotThereAtTheNextStart()
    {
        tap("errors");
        desk().window->views()->save();
        const QJsonArray views = QJsonDocument::fromJson(desk().settings->value(setting::views).toString().toUtf8())
                                     .object()[QStringLiteral("views")].toArray();
        QCOMPARE(views.size(), 1);
        QVERIFY(!views[0].toObject().contains(QStringLiteral("file")));
    }

    void clearForgetsWhatTheWireHasShownAndNothingElse()
    {
        desk().canvas()->scene()->selectWire(desk().wireTo("console").wire());
        QTest::keyClick(desk().canvas(), Qt::Key_T);
        QCOMPARE(desk().view()->title(), QStringLiteral("python → console"));
        desk().send(4);
        QTRY_COMPARE(desk().shown(), 4);
        QTRY_COMPARE(desk().session->capture()->snapshot().size(), 4u);
        desk().window->actions()->clear->trigger();
        QTRY_COMPARE(desk().shown(), 0);
        QCOMPARE(desk().session->capture()->snapshot().size(), 4u);
    }

    void aWireThatIsOnlyDrawnHasNothingToShow()
    {
        QVERIFY(desk().page()->editor().connect({"errors", "out", "console", {}, {}}));
        QSignalSpy said(desk().page(), &ChainPage::said);
        desk().canvas()->scene()->selectWire(Wire{"errors", "out", "console", {}, {}});
        QTest::keyClick(desk().canvas(), Qt::Key_T);
        QCOMPARE(said.size(), 1);
        QVERIFY(said[0][0].toString().contains(QStringLiteral("does not run yet")));
        QVERIFY(desk().page()->isVisible());
    }

    void noMoreThanSixteenWiresAreLookedAt()
    {
        Documents &documents = *desk().window->documents();
        for (std::size_t i = 0; i < Documents::maxTaps; ++i)
            QVERIFY(documents.tap({std::to_string(i), "out", "x", {}, {}}));
        QVERIFY(!documents.tap({"python", "out", "errors", {}, {}}));
        tap("errors");
        QVERIFY(desk().window->status()->currentMessage().startsWith(QStringLiteral("16 wires are looked at already")));
    }
};

QTEST_MAIN(TapTest)
#include "TapTest.moc"
