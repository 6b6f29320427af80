#include "capture/CaptureFile.h"
#include "console/ExportBar.h"
#include "console/FilterField.h"
#include "console/ReconnectLine.h"
#include "shell/Actions.h"
#include "shell/Documents.h"
#include "shell/ProblemBanner.h"
#include "shell/ViewTabBar.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace sluice;
using namespace sluice::test;

/// Captures in the real window: saved, opened, damaged, and begun by an earlier session.
class CaptureWindowTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    ExportBar *bar() const { return f().view()->exportBar(); }
    QString path(const QString &name) const { return f().folder.filePath(name); }
    QString save(const QString &name) const
    {
        bar()->exportTo(path(name));
        return path(name);
    }
    ProblemBanner *notice() const { return f().window->noticeBanner(); }
    void keepRecordsIn(const QString &directory) const
    {
        Capture::Disk disk;
        disk.directory = directory.toStdString();
        f().session->keepRecords(disk);
        QTRY_VERIFY(!f().session->isBusy());
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void allRecordsAreSavedAndOpenedAgain()
    {
        f().append(500, "app.db", level::Warning, "kept");
        QTRY_COMPARE(f().shown(), 500);
        QTest::keyClick(f().window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(bar()->isVisible());
        QCOMPARE(bar()->kind()->currentText(), QStringLiteral("Capture"));
        QCOMPARE(bar()->which()->currentText(), QStringLiteral("All records"));
        QCOMPARE(bar()->button()->text(), QStringLiteral("Save…"));
        const QString saved = save(QStringLiteral("all.capture"));
        QTRY_COMPARE(bar()->words()->text(), QStringLiteral("500 records written to all.capture"));
        QVERIFY(CaptureFile::isCapture(saved.toStdString()));
        f().session->open({saved});
        QTRY_COMPARE(f().window->views()->tabs()->count(), 2);
        QTRY_COMPARE(f().shown(), 500);
        QTRY_COMPARE(f().cell(499, 3), QStringLiteral("kept"));
    }

    void whatTheFilterShowsIsSavedAlone()
    {
        f().append(50, "app", level::Info, "alpha");
        f().append(7, "app", level::Error, "beta");
        QTRY_COMPARE(f().shown(), 57);
        f().window->filterField()->setText(QStringLiteral("beta"));
        QTRY_COMPARE(f().shown(), 7);
        f().window->actions()->saveCapture->trigger();
        QCOMPARE(bar()->which()->currentText(), QStringLiteral("What is shown"));
        const QString saved = save(QStringLiteral("some.capture"));
        QTRY_COMPARE(bar()->words()->text(), QStringLiteral("7 records written to some.capture"));
        const auto file = CaptureFile::open(saved.toStdString());
        QVERIFY2(file.ok(), file.ok() ? "" : file.error().text.c_str());
        QCOMPARE((*file)->endRow(), 7u);
        // The choice is the reader's: all of them, filter or not.
        bar()->which()->setCurrentIndex(1);
        save(QStringLiteral("all.capture"));
        QTRY_COMPARE(bar()->words()->text(), QStringLiteral("57 records written to all.capture"));
    }

    void savingWhereNothingCanBeWrittenSaysWhy()
    {
        f().append(3);
        QTRY_COMPARE(f().shown(), 3);
        f().window->actions()->saveCapture->trigger();
        save(QStringLiteral("no/such/folder/x.capture"));
        QTRY_VERIFY(bar()->words()->text().contains(QStringLiteral("x.capture")));
        QVERIFY(!bar()->words()->text().contains(QStringLiteral("written to")));
        QVERIFY(!bar()->work()->isRunning());
    }

    void aQuietLineStandsWhereThisSessionBegins()
    {
        const QString kept = path(QStringLiteral("kept"));
        keepRecordsIn(kept);
        f().append(3, "app", level::Info, "before");
        QVERIFY(f().session->capture()->waitUntilWritten(test::longWait));
        f().window.reset();
        f().session = std::make_unique<Session>(Capture::Options());
        QVERIFY(f().open());
        keepRecordsIn(kept);
        f().append(2, "app", level::Info, "after", 1'700'000'100.0);
        QTRY_COMPARE(f().shown(), 5);
        const RecordTableModel &model = *f().view()->model();
        for (int row : {0, 1, 2, 4})
            QVERIFY2(reconnectline::words(model, row).isEmpty(), qPrintable(reconnectline::words(model, row)));
        QCOMPARE(reconnectline::words(model, 3), QStringLiteral("above: from the last session"));
        // Where a filter hides the first one, it stands above the next.
        f().append(1, "app", level::Error, "bad", 1'700'000'200.0);
        f().window->filterField()->setText(QStringLiteral("before or bad"));
        QTRY_COMPARE(f().shown(), 4);
        QCOMPARE(reconnectline::words(model, 3), QStringLiteral("above: from the last session"));
    }

    void earlierSessionsHaveTheirLineTooAndInASavedCapture()
    {
        const QString kept = path(QStringLiteral("kept"));
        for (int session = 0; session < 3; ++session) {
            f().window.reset();
            f().session = std::make_unique<Session>(Capture::Options());
            QVERIFY(f().open());
            keepRecordsIn(kept);
            f().append(2, "app", level::Info, session == 1 ? "middle" : "outer", 1'700'000'000.0 + 1000 * session);
            QVERIFY(f().session->capture()->waitUntilWritten(test::longWait));
        }
        QTRY_COMPARE(f().shown(), 6);
        const RecordTableModel &model = *f().view()->model();
        QTRY_VERIFY(reconnectline::words(model, 2).startsWith(QStringLiteral("session of ")));
        const auto begins = [](int session) {
            return QStringLiteral("session of ") +
                   QDateTime::fromSecsSinceEpoch(1'700'000'000 + 1000 * session).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        };
        QCOMPARE(reconnectline::words(model, 2), begins(1));
        QCOMPARE(reconnectline::words(model, 4), QStringLiteral("above: from the last session"));
        for (int row : {0, 1, 3, 5})
            QVERIFY2(reconnectline::words(model, row).isEmpty(), qPrintable(reconnectline::words(model, row)));
        // The folder, copied away, is a capture where all of them are earlier ones.
        f().window.reset();
        f().session.reset();
        f().session = std::make_unique<Session>(Capture::Options());
        QVERIFY(f().open());
        f().session->open({kept});
        QTRY_COMPARE(f().shown(), 6);
        const RecordTableModel &saved = *f().view()->model();
        QTRY_COMPARE(reconnectline::words(saved, 2), begins(1));
        QTRY_COMPARE(reconnectline::words(saved, 4), begins(2));
        // Where a filter hides a session whole, the line is that of the next one.
        f().window->filterField()->setText(QStringLiteral("outer"));
        QTRY_COMPARE(f().shown(), 4);
        QTRY_COMPARE(reconnectline::words(saved, 2), begins(2));
    }

    void aSaveThatIsCancelledLeavesNoFileAndSaysSo()
    {
        for (int i = 0; i < 40; ++i)
            f().append(10'000, "app.db", level::Warning, "a message that is long enough to take a while to write, again and again");
        QTRY_COMPARE(f().shown(), 400'000);
        f().window->actions()->saveCapture->trigger();
        QTRY_VERIFY(bar()->isVisible());
        const QString name = QStringLiteral("cancelled.capture");
        // Should it be done before the button is pressed, once more.
        for (int tries = 0; tries < 10; ++tries) {
            QFile::remove(path(name));
            save(name);
            QCOMPARE(bar()->button()->text(), QStringLiteral("Cancel"));
            QTest::mouseClick(bar()->button(), Qt::LeftButton);
            QTRY_VERIFY(!bar()->work()->isRunning());
            if (!bar()->words()->text().contains(QStringLiteral("written to")))
                break;
        }
        QCOMPARE(bar()->words()->text(), QStringLiteral("Cancelled: no file was written."));
        QCOMPARE(QDir(f().folder.path()).entryList({QStringLiteral("*cancelled*")}, QDir::AllEntries | QDir::Hidden), QStringList());
        // And the next one is whole.
        const QString whole = save(QStringLiteral("whole.capture"));
        QTRY_COMPARE(bar()->words()->text(), QStringLiteral("400,000 records written to whole.capture"));
    }

    void damageIsToldOnceWithItsPlaceAndTheRestIsThere()
    {
        f().append(30'000, "app.db", level::Warning, "a message that is long enough to fill a few blocks of the file");
        QTRY_COMPARE(f().shown(), 30'000);
        f().window->actions()->saveCapture->trigger();
        const QString saved = save(QStringLiteral("old.capture"));
        QTRY_VERIFY(bar()->words()->text().contains(QStringLiteral("written to")));
        QFile file(saved);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        file.write(QByteArray(64, '\xAA'));
        file.close();
        QVERIFY(!notice()->isVisible());
        f().session->open({saved});
        QTRY_COMPARE(f().window->views()->tabs()->count(), 2);
        QTRY_VERIFY(f().shown() > 0);
        // A place that nobody has looked at yet is not known to be damaged.
        f().window->filterField()->setText(QStringLiteral("message"));
        QTRY_VERIFY(notice()->isVisible());
        const QString told = notice()->text();
        QVERIFY2(told.startsWith(QStringLiteral("old.capture: ")), qPrintable(told));
        const std::string damage = f().view()->capture()->figures().damage;
        QVERIFY(!damage.empty());
        QVERIFY2(told.contains(QString::fromStdString(damage)), qPrintable(told));
        QTest::keyClick(notice(), Qt::Key_Escape);
        QVERIFY(!notice()->isVisible());
        QTest::qWait(600); // a look or two later it is still closed
        QVERIFY(!notice()->isVisible());
    }

    void aCaptureThatCannotBeKeptSaysSo()
    {
        QFile file(path(QStringLiteral("kept")));
        QVERIFY(file.open(QIODevice::WriteOnly)); // a file where the folder should be
        file.write("in the way");
        file.close();
        keepRecordsIn(file.fileName());
        QTRY_VERIFY(notice()->isVisible());
        QVERIFY(notice()->text().contains(QString::fromStdString(f().session->capture()->figures().fault)));
        f().append(2);
        QTRY_COMPARE(f().shown(), 2);
        for (QToolButton *button : notice()->findChildren<QToolButton *>()) {
            if (button->accessibleName().startsWith(QStringLiteral("Close")))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QVERIFY(!notice()->isVisible());
    }
};

QTEST_MAIN(CaptureWindowTest)
#include "CaptureWindowTest.moc"
