#include "ShowStrings.h"
#include "canvas/ChainCanvas.h"
#include "capture/Origin.h"
#include "capture/SampleRecords.h"
#include "chain/NodeRegistry.h"
#include "console/ConsoleView.h"
#include "look/ChoiceBox.h"
#include "shell/Actions.h"
#include "shell/ChainBar.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/MainWindow.h"
#include "shell/RehearsalModel.h"
#include "shell/RehearsalPanel.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "support/Patience.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDateTimeEdit>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeView>

using namespace sluice;
using namespace sluice::test;

/// The rehearsal below the chain, in the real window with a project that really runs.
class RehearsalPanelTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;

    ChainPage *page() const { return m_window->chainTab()->page(); }
    ChainCanvas *canvas() const { return page()->canvas(); }
    RehearsalPanel *panel() const { return page()->rehearsal(); }

    /// A record a second, each tenth an error, as if "python" had had them.
    void append(int count)
    {
        LogRecordBatch batch;
        for (int i = 0; i < count; ++i)
            addRecord(batch, "app", i % 10 ? level::Info : level::Error, "record " + std::to_string(i), 1'700'000'000 + i);
        batch.setTracker(std::make_shared<Origin>("python", "127.0.0.1"));
        m_session->capture()->append(pointers(batch));
    }

    void rehearse()
    {
        QSignalSpy finished(panel()->runner(), &RehearsalRunner::finished);
        panel()->start();
        QVERIFY(finished.count() > 0 || finished.wait(test::patience));
    }

    QString cell(int row, int column) const { return panel()->model()->index(row, column).data().toString(); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_session = std::make_unique<Session>(Capture::Options(), m_folder->filePath(QStringLiteral("data")));
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), test::patience));
        QFile file(m_folder->filePath(QStringLiteral("p.sluice")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"sluice": 1, "name": "Mine", "nodes": [
            { "id": "python", "type": "SocketReceiver", "params": { "port": 0 } }, { "id": "console", "type": "ConsoleHandler" },
            { "id": "log", "type": "FileHandler", "params": { "filename": "app.log" } } ],
            "wires": [ { "from": "python", "port": "out", "to": "console" }, { "from": "python", "port": "out", "to": "log" } ] })");
        file.close();
        m_session->open({file.fileName()});
        QTRY_VERIFY(m_session->project() && m_session->project()->title == QStringLiteral("Mine"));
        append(100);
        m_window->chainTab()->open();
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_settings.reset();
    }

    void opensByButtonAndByKey()
    {
        QVERIFY(!panel()); // it costs a start nothing
        QTest::mouseClick(page()->bar()->rehearseButton(), Qt::LeftButton);
        QVERIFY(panel() && panel()->isVisible());
        QVERIFY(panel()->startButton()->hasFocus());
        QTest::keyClick(panel()->startButton(), Qt::Key_Escape);
        QVERIFY(!panel()->isVisible());
        QVERIFY(canvas()->hasFocus());
        QTest::keyClick(canvas(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(panel()->isVisible());
    }

    void showsWhatWouldBeOtherwise()
    {
        QVERIFY(page()->editor().setParam("log", "level", QStringLiteral("ERROR")).ok());
        page()->rehearse();
        const QAbstractItemModelTester tester(panel()->model());
        panel()->recordsBox()->setCurrentIndex(panel()->recordsBox()->findData(RehearsalPanel::All));
        rehearse();
        QCOMPARE(panel()->words()->text(), QStringLiteral("100 records · 1 node differs"));
        QCOMPARE(panel()->model()->rowCount(), 3);
        QCOMPARE(cell(0, RehearsalModel::Node), QStringLiteral("= python"));
        QCOMPARE(cell(0, RehearsalModel::Running), QStringLiteral("the same"));
        QCOMPARE(cell(2, RehearsalModel::Node), QStringLiteral("≠ log"));
        QCOMPARE(cell(2, RehearsalModel::Running), QStringLiteral("100 lines, 990 bytes"));
        QCOMPARE(cell(2, RehearsalModel::Drawn), QStringLiteral("10 lines, 99 bytes, 90 held back"));
        // What differs is looked at first, and is on the canvas.
        QCOMPARE(panel()->table()->currentIndex().row(), 2);
        QVERIFY(canvas()->scene()->isSelected("log"));
        QVERIFY(panel()->samples()->toPlainText().contains(QStringLiteral("record 0\nrecord 10\n")));
        QCOMPARE(canvas()->scene()->node("log")->rehearsed()->words, QStringLiteral("≠ 10 lines, were 100"));
        QVERIFY(canvas()->scene()->node("log")->rehearsed()->differs);
        QCOMPARE(canvas()->scene()->node("console")->rehearsed()->words, QStringLiteral("= 100 records shown"));
        // Nothing was written.
        QCOMPARE(QFile(m_folder->filePath(QStringLiteral("app.log"))).size(), 0);
        // Whoever edits on is told that this was before.
        QVERIFY(page()->editor().setParam("log", "level", QStringLiteral("INFO")).ok());
        QCOMPARE(panel()->words()->text(), QStringLiteral("The chain was edited since."));
        Q_EMIT panel()->closed();
        QVERIFY(!canvas()->scene()->node("log")->rehearsed());
    }

    void ofTheRecordsThatAViewShows()
    {
        CaptureFilter filter;
        filter.text = "level >= ERROR";
        m_window->console()->setFilter(filter);
        page()->rehearse();
        QCOMPARE(panel()->recordsBox()->currentData().toInt(), int(RehearsalPanel::OfView));
        rehearse();
        QCOMPARE(panel()->words()->text(), QStringLiteral("10 records · both chains do the same"));
    }

    void ofATime()
    {
        page()->rehearse();
        panel()->recordsBox()->setCurrentIndex(panel()->recordsBox()->findData(RehearsalPanel::InTime));
        QVERIFY(panel()->from()->isVisible() && panel()->until()->isVisible());
        // Both are there: the first and the last record's.
        QCOMPARE(panel()->from()->dateTime().toSecsSinceEpoch(), 1'700'000'000);
        QCOMPARE(panel()->until()->dateTime().toSecsSinceEpoch(), 1'700'000'100);
        panel()->until()->setDateTime(QDateTime::fromSecsSinceEpoch(1'700'000'030));
        rehearse();
        QVERIFY2(panel()->words()->text().startsWith(QStringLiteral("30 records · ")), qPrintable(panel()->words()->text()));
    }

    void anotherProjectHasNoneOfIt()
    {
        page()->rehearse();
        rehearse();
        QVERIFY(canvas()->scene()->node("console")->rehearsed());
        QFile file(m_folder->filePath(QStringLiteral("other.sluice")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"sluice\": 1, \"name\": \"Other\", \"nodes\": [ { \"id\": \"console\", \"type\": \"ConsoleHandler\" } ]}");
        file.close();
        m_session->open({file.fileName()});
        QTRY_VERIFY(canvas()->scene()->nodes().size() == 1);
        QVERIFY(!canvas()->scene()->node("console")->rehearsed());
        QCOMPARE(panel()->model()->rowCount(), 0);
    }

    void aChainWithAProblemIsNotRehearsed()
    {
        page()->rehearse();
        ChainNode node;
        node.type = NodeRegistry::builtin().find("FileHandler");
        QVERIFY(page()->editor().addNode(node).ok());
        panel()->start();
        QVERIFY(!panel()->runner()->isRunning());
        QVERIFY2(panel()->words()->text().startsWith(QStringLiteral("Not yet: ")), qPrintable(panel()->words()->text()));
    }

    void aLongOneCanBeCancelled()
    {
        for (int i = 0; i < 300; ++i)
            append(1000);
        page()->rehearse();
        panel()->recordsBox()->setCurrentIndex(panel()->recordsBox()->findData(RehearsalPanel::All));
        QSignalSpy finished(panel()->runner(), &RehearsalRunner::finished);
        panel()->start();
        QCOMPARE(panel()->startButton()->text(), QStringLiteral("Cancel"));
        QTest::mouseClick(panel()->startButton(), Qt::LeftButton);
        QVERIFY(finished.count() > 0 || finished.wait(test::patience));
        QCOMPARE(panel()->words()->text(), QStringLiteral("The rehearsal was ended before it was done."));
        QCOMPARE(panel()->startButton()->text(), QStringLiteral("Rehearse"));
        QVERIFY(panel()->recordsBox()->isEnabled());
    }
};

QTEST_MAIN(RehearsalPanelTest)
#include "RehearsalPanelTest.moc"
