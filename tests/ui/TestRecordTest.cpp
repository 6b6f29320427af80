#include "ShowStrings.h"
#include "canvas/CanvasActions.h"
#include "capture/RowSubject.h"
#include "console/DetailPane.h"
#include "shell/Documents.h"
#include "shell/TestPanel.h"
#include "ui/ChainFixture.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

using namespace sluice;

/// Test records put in from the canvas into a chain that runs.
class TestRecordTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::ChainFixture> m_fixture;

    test::ChainFixture &desk() { return *m_fixture; }
    TestPanel *panel() { return desk().page()->testPanel(); }
    void openAt(const char *node)
    {
        desk().canvas()->scene()->select({node});
        QTest::keyClick(desk().canvas(), Qt::Key_T, Qt::ShiftModifier);
        QVERIFY(panel()->isVisible());
        QCOMPARE(panel()->node(), QString::fromUtf8(node));
    }
    QStringList lines()
    {
        QStringList lines;
        for (QTreeWidgetItemIterator item(panel()->steps()); *item; ++item)
            lines << (*item)->text(0) + QStringLiteral(": ") + (*item)->text(1);
        lines.sort();
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::ChainFixture>();
        QVERIFY(desk().openChain());
    }
    void cleanup() { m_fixture.reset(); }

    void showsInOrderWhereTheRecordGoesAndWhatBecomesOfIt()
    {
        openAt("python");
        QVERIFY(panel()->message()->hasFocus());
        QTest::keyClick(panel()->message(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(panel()->message(), QStringLiteral("is anybody there?"));
        QTest::keyClick(panel()->message(), Qt::Key_Return);
        QTRY_COMPARE(lines(), (QStringList{QStringLiteral("1  python: passed on"), QStringLiteral("2  console: written"),
                                           QStringLiteral("3  errors: held back: passes only level >= ERROR")}));
        QCOMPARE(panel()->summary()->text(), QStringLiteral("The record was written 1 ×, held back 1 ×"));
        // The console really got it, marked.
        QTRY_COMPARE(desk().session->capture()->snapshot().size(), 1u);
        LogRecordBatch batch;
        const LogRecord *record = desk().session->capture()->snapshot().tryRecord(0, batch);
        QVERIFY(record);
        QCOMPARE(record->text(Attribute::Msg), std::string_view("is anybody there?"));
        QVERIFY(record->find(TestRecord::mark));

        panel()->level()->setEditText(QStringLiteral("error"));
        panel()->extra()->setPlainText(QStringLiteral("user.id=42"));
        QTest::mouseClick(panel()->sendButton(), Qt::LeftButton);
        QTRY_COMPARE(lines(), (QStringList{QStringLiteral("1  python: passed on"), QStringLiteral("2  console: written"),
                                           QStringLiteral("3  errors: passed on"), QStringLiteral("4  errors.log: written")}));
        QFile file(desk().folder.filePath(QStringLiteral("errors.log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("is anybody there?\n"));
    }

    void lightsTheWayOnTheCanvas()
    {
        openAt("errors");
        panel()->level()->setEditText(QStringLiteral("CRITICAL"));
        const auto before = desk().canvas()->grab().toImage();
        panel()->send();
        TestLights &lights = desk().canvas()->overlay().lights;
        QTRY_COMPARE(lights.steps().size(), std::size_t(2));
        QCOMPARE(lights.steps()[1].node, std::string("errors.log"));
        QCOMPARE(lights.wires(*desk().canvas()->scene()).size(), std::size_t(1));
        QVERIFY(desk().canvas()->grab().toImage() != before);
        // A line of the list chooses its node.
        panel()->steps()->setCurrentItem(panel()->steps()->topLevelItem(0)->child(0));
        QVERIFY(desk().canvas()->scene()->isSelected("errors.log"));
        QTest::keyClick(panel()->steps(), Qt::Key_Escape);
        QVERIFY(!panel()->isVisible());
        QVERIFY(lights.steps().empty());
        QVERIFY(desk().canvas()->hasFocus());
    }

    void remembersTheLastOne()
    {
        openAt("console");
        panel()->message()->setText(QStringLiteral("remember me"));
        panel()->logger()->setText(QStringLiteral("shop.pay"));
        panel()->extra()->setPlainText(QStringLiteral("a=1\nb=2"));
        panel()->send();
        QTRY_COMPARE(lines(), QStringList{QStringLiteral("1  console: written")});
        QVERIFY(desk().openChain());
        openAt("console");
        QCOMPARE(panel()->message()->text(), QStringLiteral("remember me"));
        QCOMPARE(panel()->logger()->text(), QStringLiteral("shop.pay"));
        QCOMPARE(panel()->extra()->toPlainText(), QStringLiteral("a=1\nb=2"));
    }

    void saysWhatIsWrongAndSendsNothing()
    {
        openAt("python");
        panel()->level()->setEditText(QStringLiteral("LOUD"));
        panel()->send();
        QVERIFY(panel()->problem()->isVisible());
        QVERIFY(panel()->problem()->text().startsWith(QStringLiteral("“LOUD” is no level")));
        panel()->level()->setEditText(QStringLiteral("35"));
        panel()->extra()->setPlainText(QStringLiteral("levelno=3"));
        panel()->send();
        QVERIFY(panel()->problem()->text().contains(QStringLiteral("attribute of every record")));
        panel()->extra()->clear();
        ChainNode node;
        node.id = "new";
        node.type = NodeRegistry::builtin().find("NullHandler");
        QVERIFY(desk().page()->editor().addNode(node));
        panel()->setNode(QStringLiteral("new"));
        QCOMPARE(panel()->node(), QStringLiteral("new"));
        panel()->send();
        QVERIFY(panel()->problem()->text().contains(QStringLiteral("does not run yet")));
        QVERIFY(desk().apply());
        panel()->send();
        QVERIFY(!panel()->problem()->isVisible());
        QTRY_COMPARE(lines(), QStringList{QStringLiteral("1  new: written")});
        desk().session->setRunning(false);
        QTRY_VERIFY(!desk().session->isRunning());
        panel()->send();
        QCOMPARE(panel()->problem()->text(), QStringLiteral("The chain does not run."));
    }

    void passesAWireThatIsLookedAt()
    {
        openAt("errors");
        panel()->level()->setEditText(QStringLiteral("ERROR"));
        Document *wire = desk().window->documents()->tap({"errors", "out", "errors.log", {}, {}});
        QVERIFY(wire);
        panel()->send();
        QTRY_COMPARE(wire->store()->snapshot().size(), 1u);
    }
};

QTEST_MAIN(TestRecordTest)
#include "TestRecordTest.moc"
