#include "shell/SourceDialog.h"
#include "base/NativeFile.h"
#include "console/SourceList.h"
#include "console/SourceListModel.h"
#include "shell/Actions.h"
#include "shell/ChainList.h"
#include "shell/ChainListModel.h"
#include "shell/Documents.h"
#include "shell/DocumentBar.h"
#include "shell/FormatChooser.h"
#include "shell/FormatDialog.h"
#include "shell/FormatPreviewModel.h"
#include "shell/ProblemBanner.h"
#include "shell/Sidebar.h"
#include "shell/SourceCommands.h"
#include "shell/ViewTabBar.h"
#include "support/Python.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace sluice;
using namespace sluice::test;

namespace {

const QByteArray ownLines = "#W# app.db # the disk is slow\n"
                            "something else\n"
                            "#E# app.db # the disk is gone\n";

} // namespace

/// Following files, running programs and choosing formats in the real window, with real files and a real Python.
class SourceDialogTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    SourceDialog *dialog() const { return f().window->sourceCommands()->dialog(); }
    SourceDialog *ask(QAction *action) const
    {
        action->trigger();
        return dialog() && QTest::qWaitForWindowActive(dialog(), test::patience) ? dialog() : nullptr;
    }
    static QString cell(const FormatChooser *chooser, int row, int column)
    {
        return chooser->preview()->index(row, column).data().toString();
    }
    static void choose(QComboBox *box, const QString &data)
    {
        const int index = box->findData(data);
        QVERIFY2(index >= 0, qPrintable(data));
        box->setCurrentIndex(index);
    }
    /// Runs a program of Python by the dialog.
    void run(const QByteArray &program, const QString &name = QStringLiteral("job.py")) const
    {
        const QString script = f().write(name, program);
        SourceDialog *asked = ask(f().window->actions()->runProgram);
        QVERIFY(asked);
        asked->what()->setText(QStringLiteral("%1 -u \"%2\"").arg(QLatin1String(pythonProgram), script));
        asked->directory()->setText(f().folder.path());
        QTRY_VERIFY(asked->startButton()->isEnabled());
        QTest::mouseClick(asked->startButton(), Qt::LeftButton);
    }
    QStringList messages() const
    {
        QStringList all;
        for (int i = 0; i < f().shown(); ++i)
            all << f().cell(i, 3);
        return all;
    }
    SourceList *sources() const { return f().window->sidebar()->sourceList(); }
    /// Chooses from the menu of the first source.
    void inSourceMenu(const QString &words) const
    {
        const QPoint at = sources()->visualRect(sources()->model()->index(0, 0)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, sources()->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(sources()->viewport(), &event);
        auto *menu = sources()->findChild<QMenu *>();
        QVERIFY(menu);
        QStringList offered;
        for (QAction *action : menu->actions()) {
            offered << action->text().remove(QLatin1Char('&'));
            if (offered.back() == words) {
                action->trigger();
                menu->close();
                delete menu;
                return;
            }
        }
        QFAIL(qPrintable(offered.join(QStringLiteral(", "))));
    }
    /// Keeps records, and what is there of the session before.
    bool keepRecords() const
    {
        f().session->keepRecords({.directory = kept().toStdString()});
        return QTest::qWaitFor([this] { return !f().session->isBusy(); }, test::patience);
    }
    QString kept() const { return f().folder.filePath(QStringLiteral("kept")); }
    bool restart() const
    {
        f().endSession();
        return f().open() && keepRecords();
    }
    ChainList *chainList() const { return f().window->sidebar()->chainList(); }
    ChainListModel::Item chainItem(int row) const { return static_cast<const ChainListModel *>(chainList()->model())->item(row); }
    void follow(const QString &path, const QString &begin) const
    {
        SourceDialog *asked = ask(f().window->actions()->followFile);
        QVERIFY(asked);
        asked->what()->setText(path);
        choose(asked->begin(), begin);
        QTRY_VERIFY(asked->startButton()->isEnabled());
        QTest::mouseClick(asked->startButton(), Qt::LeftButton);
        QTRY_COMPARE(chainList()->model()->rowCount(), 1);
        QTRY_VERIFY(!f().session->isBusy());
    }
    QString where() const { return sources()->model()->index(0, 0).data(SourceListModel::WhereRole).toString(); }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        f().settings->setValue(setting::showSidebar, true);
        f().settings->setValue(setting::lastFolder, f().folder.path());
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void aFileIsSeenAsRecordsWhileItIsChosenAndThenFollowed()
    {
        const QString path = f().write(QStringLiteral("app.log"), threeLines);
        SourceDialog *asked = ask(f().window->actions()->followFile);
        QVERIFY(asked);
        QVERIFY(!asked->startButton()->isEnabled());
        QTest::keyClicks(asked->what(), path);
        FormatChooser *format = asked->format();
        QTRY_COMPARE(format->preview()->rowCount(), 3);
        QVERIFY(cell(format, 0, FormatPreviewModel::Time).startsWith(QStringLiteral("2026-10-11 22:14:15.123")));
        QCOMPARE(cell(format, 1, FormatPreviewModel::Level), QStringLiteral("ERROR"));
        QCOMPARE(cell(format, 2, FormatPreviewModel::Logger), QStringLiteral("app.web"));
        QCOMPARE(cell(format, 2, FormatPreviewModel::Message), QStringLiteral("done"));
        QVERIFY(format->summary()->text().contains(QStringLiteral("3 of 3 lines")));
        choose(asked->begin(), QStringLiteral("start"));
        QTest::keyClick(asked, Qt::Key_Return);
        QTRY_COMPARE(f().shown(), 3);
        QVERIFY(!dialog() || !dialog()->isVisible());
        QCOMPARE(f().session->capture()->endRow(), 3u);
        f().write(QStringLiteral("app.log"), "2026-10-11 22:14:18,123 - app - INFO - more\n", QIODevice::Append);
        QTRY_COMPARE(f().shown(), 4);
    }

    void filesOfAPatternAreFollowedFromTheirEnd()
    {
        f().write(QStringLiteral("a.log"), threeLines);
        SourceDialog *asked = ask(f().window->actions()->followFile);
        asked->what()->setText(QStringLiteral("*.log")); // in the folder of late
        QTRY_COMPARE(asked->format()->preview()->rowCount(), 3);
        QTest::mouseClick(asked->startButton(), Qt::LeftButton);
        const auto *chain = static_cast<const ChainListModel *>(f().window->sidebar()->chainList()->model());
        QTRY_COMPARE(chain->rowCount(), 1);
        QTRY_COMPARE(chain->item(0).state, NodeStatus::State::Running);
        f().write(QStringLiteral("b.log"), "2026-10-11 22:14:19,123 - app - INFO - of another\n"); // a later one, whole
        QTRY_COMPARE(messages(), QStringList{QStringLiteral("of another")});
    }

    void aPatternOfOnesOwnIsTriedAsItIsTyped()
    {
        const QString path = f().write(QStringLiteral("own.log"), ownLines);
        SourceDialog *asked = ask(f().window->actions()->followFile);
        asked->what()->setText(path);
        FormatChooser *format = asked->format();
        choose(format->formats(), QStringLiteral("pattern"));
        QTRY_VERIFY(format->patternField()->isVisible());
        QVERIFY(!asked->startButton()->isEnabled()); // nothing typed yet, and nothing wrong
        QVERIFY(!format->problem()->isVisible());
        format->patternField()->setText(QStringLiteral("#(?P<level>\\w# (?P<logger>\\S+)"));
        QTRY_VERIFY(format->problem()->isVisible());
        QVERIFY(!format->problem()->text().isEmpty());
        QVERIFY(format->patternField()->property("problem").toBool());
        QVERIFY(!asked->startButton()->isEnabled());
        format->patternField()->setText(QStringLiteral("#(?P<level>\\w)# (?P<name>\\S+) # (?P<message>.*)"));
        QTRY_VERIFY(!format->problem()->isVisible());
        // What is wrong with the time is said below the time.
        format->timeFormatField()->setText(QStringLiteral("%Y-%Q"));
        QTRY_VERIFY(format->timeProblem()->isVisible());
        QVERIFY(!format->problem()->isVisible());
        QVERIFY(format->timeFormatField()->property("problem").toBool());
        QVERIFY(!format->patternField()->property("problem").toBool());
        QVERIFY(!asked->startButton()->isEnabled());
        format->timeFormatField()->clear();
        QTRY_VERIFY(!format->timeProblem()->isVisible());
        QTRY_VERIFY(format->preview()->rowCount() >= 2);
        QCOMPARE(cell(format, 0, FormatPreviewModel::Level), QStringLiteral("WARNING"));
        QCOMPARE(cell(format, 0, FormatPreviewModel::Logger), QStringLiteral("app.db"));
        QCOMPARE(cell(format, 0, FormatPreviewModel::Message), QStringLiteral("the disk is slow"));
        choose(asked->begin(), QStringLiteral("start"));
        QTRY_VERIFY(asked->startButton()->isEnabled());
        QTest::mouseClick(asked->startButton(), Qt::LeftButton);
        QTRY_COMPARE(f().shown(), 2); // the strange line belongs to the record above
        QTRY_COMPARE(f().cell(1, 3), QStringLiteral("the disk is gone"));
    }

    void linesThatAreNotOfTheFormatSaySo()
    {
        FormatChooser chooser;
        chooser.setText(QStringLiteral("no record at all\n2026-10-11 22:14:15,123 - app - INFO - zero\n"
                                       "2026-10-11 22:14:16,123 - app - INFO - one\n"));
        choose(chooser.formats(), QStringLiteral("python-basic"));
        QTRY_VERIFY(chooser.preview()->rowCount() > 0);
        QCOMPARE(cell(&chooser, 0, FormatPreviewModel::Time), QStringLiteral("not of this format"));
        QVERIFY(chooser.summary()->text().contains(QStringLiteral("not of this format")));
        // What was asked for last is what is shown.
        choose(chooser.formats(), QStringLiteral("auto"));
        QTRY_COMPARE(cell(&chooser, chooser.preview()->rowCount() - 1, FormatPreviewModel::Message), QStringLiteral("one"));
    }

    void anExampleOfAProgramsLinesIsPasted()
    {
        SourceDialog *asked = ask(f().window->actions()->runProgram);
        QVERIFY(asked);
        QVERIFY(!asked->startButton()->isEnabled());
        asked->example()->setPlainText(QString::fromUtf8(threeLines));
        QTRY_COMPARE(asked->format()->preview()->rowCount(), 3);
        QTest::keyClick(asked, Qt::Key_Escape);
        QTRY_VERIFY(!dialog());
    }

    void aProgramIsReadItsEndIsSeenAndItIsStartedAgain()
    {
        run("import sys\nprint('2026-10-11 22:14:15,123 - app - INFO - hello')\nprint('oh no', file=sys.stderr)\nsys.exit(3)\n");
        QTRY_COMPARE(f().shown(), 3);
        const auto endings = [this] { return messages().filter(QStringLiteral("exited with 3")).size(); };
        QTRY_COMPARE(endings(), 1);
        QTRY_VERIFY(messages().contains(QStringLiteral("hello")) && messages().contains(QStringLiteral("oh no")));
        QTRY_VERIFY2(where().startsWith(QStringLiteral("finished")), qPrintable(where()));
        inSourceMenu(QStringLiteral("Start again"));
        QTRY_COMPARE(endings(), 2);
        QCOMPARE(f().shown(), 6);
        inSourceMenu(QStringLiteral("Forget this source"));
        QTRY_VERIFY(f().session->runs().empty());
        QCOMPARE(f().shown(), 6);
    }

    void aProgramIsStoppedFromTheSourcesList()
    {
        run("import time\nprint('INFO:app:started')\ntime.sleep(1000)\n");
        QTRY_COMPARE(f().shown(), 1);
        QTRY_COMPARE(sources()->model()->rowCount(), 1);
        inSourceMenu(QStringLiteral("Stop"));
        QTRY_VERIFY2(where().startsWith(QStringLiteral("stopped")), qPrintable(where()));
        inSourceMenu(QStringLiteral("Start again"));
        QTRY_COMPARE(messages().count(QStringLiteral("started")), 2);
        QTRY_VERIFY2(!where().startsWith(QStringLiteral("stopped")), qPrintable(where()));
    }

    void followedFilesAreGoneOnWithAtTheNextStart()
    {
        QVERIFY(keepRecords());
        const QString path = f().write(QStringLiteral("app.log"), threeLines);
        follow(path, QStringLiteral("start"));
        QTRY_COMPARE(f().shown(), 3);
        f().endSession();
        f().write(QStringLiteral("app.log"), "2026-10-11 22:14:18,123 - app - INFO - meanwhile\n", QIODevice::Append);
        QVERIFY(f().open() && keepRecords());
        // No record twice, none lost, and a line that says so between.
        const QString told = QStringLiteral("%1: gone on with at byte %2; 49 bytes were written meanwhile.")
                                 .arg(QString::fromStdString(files::absolute(path.toStdString())))
                                 .arg(threeLines.size());
        const QStringList all{QStringLiteral("slow"), QStringLiteral("failed"), QStringLiteral("done"), told, QStringLiteral("meanwhile")};
        QTRY_COMPARE(messages(), all);
        QTRY_COMPARE(chainList()->model()->rowCount(), 1);
        QCOMPARE(chainItem(0).state, NodeStatus::State::Running);
        f().write(QStringLiteral("app.log"), "2026-10-11 22:14:19,123 - app - INFO - now\n", QIODevice::Append);
        QTRY_COMPARE(messages(), all + QStringList{QStringLiteral("now")});
        // Stopped by the reader, it comes back so; forgotten, it does not come back, nor where it was read to.
        inSourceMenu(QStringLiteral("Stop"));
        QTRY_COMPARE(chainItem(0).state, NodeStatus::State::Stopped);
        QVERIFY(restart());
        QTRY_COMPARE(chainList()->model()->rowCount(), 1);
        QCOMPARE(chainItem(0).state, NodeStatus::State::Stopped);
        QCOMPARE(QDir(kept() + QStringLiteral(".positions")).entryList(QDir::Files).size(), 1);
        f().session->removeSource(f().session->runs().front());
        QTRY_VERIFY(!f().session->isBusy());
        QVERIFY(QDir(kept() + QStringLiteral(".positions")).entryList(QDir::Files).isEmpty());
        QVERIFY(restart());
        QVERIFY(f().session->runs().empty());
    }

    void aProgramComesBackStoppedAndIsStartedByOneClick()
    {
        QVERIFY(keepRecords());
        run("print('INFO:app:started')\n");
        QTRY_COMPARE(messages().filter(QStringLiteral("exited")).size(), 1);
        QVERIFY(restart());
        QTRY_COMPARE(chainList()->model()->rowCount(), 1);
        QCOMPARE(chainItem(0).state, NodeStatus::State::Stopped);
        QVERIFY(chainItem(0).canStart);
        QTRY_COMPARE(f().shown(), 2);
        QTRY_COMPARE(messages().count(QStringLiteral("started")), 1); // nobody asked for it to be run
        QTest::mouseClick(chainList()->viewport(), Qt::LeftButton, {}, chainList()->arrowOf(chainList()->model()->index(0, 0)).center());
        QTRY_COMPARE(messages().count(QStringLiteral("started")), 2);
        QTRY_COMPARE(chainItem(0).state, NodeStatus::State::Finished);
        chainList()->setCurrentIndex(chainList()->model()->index(0, 0));
        QTest::keyClick(chainList(), Qt::Key_Return);
        QTRY_COMPARE(messages().count(QStringLiteral("started")), 3);
    }

    void keptSourcesThatMakeNoSenseAreSaidAndPutAside()
    {
        const QString path = f().write(QStringLiteral("kept.sources"), "{\"sources\": 7}");
        QVERIFY(keepRecords());
        QTRY_VERIFY(f().window->noticeBanner()->isVisible());
        QVERIFY2(f().window->noticeBanner()->text().contains(path + QStringLiteral(".damaged")), qPrintable(f().window->noticeBanner()->text()));
        QVERIFY(QFile::exists(path + QStringLiteral(".damaged")));
        f().endSession();
        f().write(QStringLiteral("kept.sources"), "{\"sources\": [{\"title\": \"a\", \"receiver\": \"FileReceiver\", \"params\": {\"paths\": 7}},"
                                                  "{\"title\": \"b\", \"receiver\": \"SocketReceiver\"}, 3]}");
        QVERIFY(f().open() && keepRecords());
        QTRY_VERIFY(f().window->noticeBanner()->isVisible());
        QVERIFY2(f().window->noticeBanner()->text().contains(QStringLiteral("The source a of the last session is left out")),
                 qPrintable(f().window->noticeBanner()->text()));
        QVERIFY(f().session->runs().empty());
    }

    void aProgramThatIsNotThereIsAFailedNode()
    {
        SourceDialog *asked = ask(f().window->actions()->runProgram);
        asked->what()->setText(QStringLiteral("no-such-program-anywhere --flag"));
        QTest::mouseClick(asked->startButton(), Qt::LeftButton);
        const auto *chain = static_cast<const ChainListModel *>(f().window->sidebar()->chainList()->model());
        QTRY_COMPARE(chain->rowCount(), 1);
        QTRY_COMPARE(chain->item(0).state, NodeStatus::State::Failed);
        QVERIFY(chain->item(0).reason.contains(QStringLiteral("no-such-program-anywhere")));
    }

    void aDocumentIsReadAnewByTheFormatThatWasChosen()
    {
        const QString path = f().write(QStringLiteral("own.log"), ownLines);
        f().session->open({path});
        QTRY_COMPARE(f().shown(), 3); // plain lines
        auto *bar = f().view()->findChild<DocumentBar *>();
        QVERIFY(bar->formatButton()->isVisible());
        QTest::mouseClick(bar->formatButton(), Qt::LeftButton);
        FormatDialog *asked = f().window->sourceCommands()->formatDialog();
        QVERIFY(asked && QTest::qWaitForWindowActive(asked, test::patience));
        QTRY_COMPARE(asked->format()->preview()->rowCount(), 3);
        choose(asked->format()->formats(), QStringLiteral("pattern"));
        asked->format()->patternField()->setText(QStringLiteral("#(?P<level>\\w)# (?P<name>\\S+) # (?P<message>.*)"));
        QTRY_COMPARE(asked->format()->preview()->rowCount(), 2);
        auto *buttons = asked->findChild<QDialogButtonBox *>();
        for (QAbstractButton *button : buttons->buttons()) {
            if (buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QTRY_COMPARE(f().shown(), 2);
        QTRY_COMPARE(f().cell(1, 3), QStringLiteral("the disk is gone"));
        QCOMPARE(f().window->views()->tabs()->count(), 2);
        QCOMPARE(f().window->documents()->files().size(), 1u);
        // And so it is the next time.
        f().window->close();
        QVERIFY(f().open());
        QTRY_COMPARE(f().shown(), 2);
        QCOMPARE(f().window->documents()->files().front()->choice().format, "pattern");
        QTRY_VERIFY(f().window->actions()->format->isEnabled());
        f().window->views()->tabs()->setCurrent(f().window->views()->tabs()->view(0));
        QTRY_VERIFY(!f().window->actions()->format->isEnabled());
    }
};

QTEST_MAIN(SourceDialogTest)
#include "SourceDialogTest.moc"
