#include "console/DetailPane.h"
#include "console/RecordDetail.h"
#include "console/Marks.h"
#include "console/NoteField.h"
#include "console/SourceLink.h"
#include "shell/CommandModel.h"
#include "shell/CommandPalette.h"
#include "shell/Documents.h"
#include "shell/MarksFile.h"
#include "shell/ProblemBanner.h"
#include "ui/ViewFixture.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

using namespace sluice;
using namespace sluice::test;

namespace {

using Row = std::optional<std::uint64_t>;
constexpr Nanoseconds begin = 1'700'000'000'250'000'000;

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

/// Marks and notes: kept over a restart, seen and written in the detail, listed in the palette.
class MarksTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    Marks &marks() const { return *f().window->views()->marks(); }
    QString keptIn() const { return f().folder.filePath(QStringLiteral("session.capture")); }
    NoteField *note() const { return f().window->findChild<DetailPane *>()->record()->note(); }

    /// The window over a session that keeps its records.
    bool openKeeping() const
    {
        if (!f().open())
            return false;
        f().session->keepRecords({.directory = keptIn().toStdString()});
        return QTest::qWaitFor([this] { return f().window->findChild<Documents *>()->marksFile() != nullptr; }, test::patience);
    }

    bool restart() const
    {
        f().window.reset();
        f().session = std::make_unique<Session>(Capture::Options());
        return openKeeping();
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ViewFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void marksAndNotesSurviveARestart()
    {
        QVERIFY(openKeeping());
        f().append(10);
        QTRY_COMPARE(f().shown(), 10);
        marks().toggle(3);
        marks().setNote(7, QStringLiteral("here it began – \u00fcber\n\"quoted\""));
        QVERIFY(restart());
        QTRY_COMPARE(f().shown(), 10);
        QTRY_COMPARE(marks().size(), std::size_t(2));
        QVERIFY(marks().contains(3));
        QCOMPARE(marks().note(7), QStringLiteral("here it began – \u00fcber\n\"quoted\""));
        marks().toggle(3);
        QVERIFY(restart());
        QTRY_COMPARE(marks().size(), std::size_t(1));
        QVERIFY(marks().contains(7));
    }

    void aMarkNeverComesToStandOnAnotherRecord()
    {
        QVERIFY(openKeeping());
        f().append(5);
        QTRY_COMPARE(f().shown(), 5);
        f().session->capture()->waitUntilWritten(test::longWait);
        f().window.reset();
        const MarksFile::Entries kept = {{1, {begin + 1'000'000'000, QStringLiteral("right")}},
                                         {2, {begin, QStringLiteral("another time")}},
                                         {99, {begin, QStringLiteral("no such row")}}};
        QVERIFY(MarksFile::write(keptIn() + QStringLiteral(".marks"), kept));
        QVERIFY(restart());
        QTRY_COMPARE(marks().size(), std::size_t(1));
        QCOMPARE(marks().note(1), QStringLiteral("right"));
    }

    void whatCannotBeReadIsSaidWithItsPlace()
    {
        const QString path = f().folder.filePath(QStringLiteral("some.marks"));
        writeFile(path, "{\"marks\": [");
        const auto broken = MarksFile::read(path);
        QVERIFY(!broken);
        QVERIFY(broken.error().text.find("at byte") != std::string::npos);
        writeFile(path, "{\"marks\": [7, {}, {\"row\": \"-1\", \"created\": \"x\"}, {\"row\": 3, \"created\": 4},"
                        "{\"row\": \"5\", \"created\": \"6\", \"note\": [\"no text\"]}]}");
        const auto some = MarksFile::read(path);
        QVERIFY(some);
        QCOMPARE(some->size(), std::size_t(1));
        QVERIFY(some->at(5).note.isEmpty());
        QVERIFY(MarksFile::read(f().folder.filePath(QStringLiteral("none")))->empty());
        QVERIFY(!MarksFile::write(path + QStringLiteral("/below/a/file"), {{1, {begin, {}}}}));
        writeFile(path, "{\"other\": []}");
        QVERIFY(!MarksFile::read(path));
    }

    void aDamagedFileIsPutAsideAndSaid()
    {
        const QString path = keptIn() + QStringLiteral(".marks");
        writeFile(path, "{\"marks\": [{\"row");
        QVERIFY(openKeeping());
        f().append(5);
        QTRY_VERIFY(f().window->noticeBanner()->isVisible());
        const QString told = f().window->noticeBanner()->text();
        QVERIFY2(told.contains(QStringLiteral("at byte")) && told.contains(path + QStringLiteral(".damaged")), qPrintable(told));
        QTRY_COMPARE(f().shown(), 5);
        marks().toggle(2);
        QTRY_VERIFY(QFile::exists(path));
        QCOMPARE(MarksFile::read(path)->size(), std::size_t(1));
        QFile aside(path + QStringLiteral(".damaged"));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), QByteArray("{\"marks\": [{\"row"));
        // The next one finds that name taken.
        f().endSession();
        writeFile(path, "again");
        QVERIFY(restart());
        QTRY_VERIFY(QFile::exists(path + QStringLiteral(".damaged-2")));
    }

    void thoseOfALogAreKeptByWhatItIs()
    {
        const auto openLog = [this](const QString &path) -> Document * {
            f().endSession();
            if (!f().open())
                return nullptr;
            f().session->open({path});
            Documents *documents = f().window->documents();
            const bool isThere = QTest::qWaitFor(
                [&] { return !documents->files().empty() && documents->marksFileOf(documents->files().front()); }, test::patience);
            return isThere ? documents->files().front() : nullptr;
        };
        QString path = f().write(QStringLiteral("app.log"), threeLines);
        Document *log = openLog(path);
        QVERIFY(log);
        log->marks()->setNote(1, QStringLiteral("here"));
        log->marks()->toggle(2);
        // Another format has other rows, and does not forget these.
        f().window->documents()->reopen(log, {.format = "plain"});
        QVERIFY(log->marks()->all().empty());
        QTRY_VERIFY(f().window->documents()->marksFileOf(log));
        log->marks()->toggle(0);
        // Under another name it is the same file.
        f().window.reset();
        const QString renamed = f().folder.filePath(QStringLiteral("app.log.1"));
        QVERIFY(QFile::rename(path, renamed));
        f().settings->setValue(setting::views, QString());
        log = openLog(renamed);
        QVERIFY(log);
        QTRY_COMPARE(log->marks()->size(), std::size_t(2));
        QCOMPARE(log->marks()->note(1), QStringLiteral("here"));
        // Nothing of ours stands beside it.
        const QStringList names = QDir(f().folder.path()).entryList({QStringLiteral("*.log*"), QStringLiteral("*.marks")}, QDir::Files);
        QCOMPARE(names, QStringList{QStringLiteral("app.log.1")});
        // One that is damaged is told with the log's name.
        f().window.reset();
        const QDir marksFolder(f().folder.filePath(QStringLiteral("data/marks")));
        for (const QString &name : marksFolder.entryList({QStringLiteral("*.marks")}))
            writeFile(marksFolder.filePath(name), "no marks");
        f().settings->setValue(setting::views, QString());
        log = openLog(renamed);
        QVERIFY(log);
        QTRY_VERIFY(f().window->noticeBanner()->isVisible());
        QVERIFY2(f().window->noticeBanner()->text().startsWith(QStringLiteral("app.log.1: ")), qPrintable(f().window->noticeBanner()->text()));
        QVERIFY(log->marks()->all().empty());
    }

    void theDetailShowsAndTakesTheNote()
    {
        f().settings->setValue(setting::showDetail, true);
        QVERIFY(f().open());
        f().append(3);
        QTRY_COMPARE(f().shown(), 3);
        marks().setNote(1, QStringLiteral("seen before"));
        f().table()->goTo(1);
        QTRY_COMPARE(note()->field()->text(), QStringLiteral("seen before"));
        QVERIFY(note()->button()->isChecked());
        note()->field()->setFocus();
        note()->field()->selectAll();
        QTest::keyClicks(note()->field(), QStringLiteral("and again"));
        QTest::keyClick(note()->field(), Qt::Key_Return);
        QCOMPARE(marks().note(1), QStringLiteral("and again"));
        // Esc leaves it, going elsewhere keeps it.
        QTest::keyClicks(note()->field(), QStringLiteral(" no"));
        QTest::keyClick(note()->field(), Qt::Key_Escape);
        QCOMPARE(note()->field()->text(), QStringLiteral("and again"));
        QTest::keyClick(note()->field(), Qt::Key_End);
        QTest::keyClicks(note()->field(), QStringLiteral(" yes"));
        f().table()->goTo(2);
        QTRY_COMPARE(note()->field()->text(), QString());
        QCOMPARE(marks().note(1), QStringLiteral("and again yes"));
        QVERIFY(!note()->button()->isChecked());
        QTest::mouseClick(note()->button(), Qt::LeftButton);
        QVERIFY(marks().contains(2));
        // What is written at the foot of the view is seen here too.
        marks().setNote(2, QStringLiteral("from below"));
        QCOMPARE(note()->field()->text(), QStringLiteral("from below"));
    }

    void thePaletteListsAllMarks()
    {
        QVERIFY(f().open());
        f().append(1, "app", level::Info, "the first message");
        f().append(1, "app", level::Info, "the second message");
        QTRY_COMPARE(f().shown(), 2);
        marks().toggle(0);
        marks().setNote(1, QStringLiteral("strange"));
        auto *palette = f().window->commandPalette();
        palette->open();
        QTest::keyClicks(palette->field(), QStringLiteral("mark strange"));
        QTRY_VERIFY(palette->model()->rowCount() > 0);
        const QString words = palette->model()->index(0, 0).data().toString();
        QVERIFY2(words.startsWith(QStringLiteral("Go to mark")) && words.contains(QStringLiteral("strange")) &&
                     words.contains(QStringLiteral("second message")),
                 qPrintable(words));
        QTest::keyClick(palette->field(), Qt::Key_Return);
        QTRY_COMPARE(f().current(), Row(1));
    }

    void anOwnCommandOpensSources()
    {
        f().settings->setValue(setting::showDetail, true);
        QVERIFY(f().open());
        f().append(1);
        QTRY_COMPARE(f().shown(), 1);
        f().table()->goTo(0);
        SourceLink *link = f().window->findChild<DetailPane *>()->record()->source();
        QTRY_VERIFY(link->isVisible());
        link->editorButton()->menu()->actions().last()->trigger();
        QTRY_VERIFY(link->commandField()->isVisible());
        link->commandField()->clear();
        QTest::keyClicks(link->commandField(), QStringLiteral("myedit +%l %f"));
        QTest::keyClick(link->commandField(), Qt::Key_Return);
        QVERIFY(!link->commandField()->isVisible());
        QCOMPARE(f().settings->value(setting::editor).toString(), QStringLiteral("myedit +%l %f"));
        QVERIFY(link->editorButton()->menu()->actions().last()->isChecked());
        QVERIFY(link->button()->toolTip().contains(QStringLiteral("myedit")));
    }
};

QTEST_MAIN(MarksTest)
#include "MarksTest.moc"
