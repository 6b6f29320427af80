#include "shell/Documents.h"
#include "capture/SaveRecords.h"
#include "console/DetailPane.h"
#include "console/FilterField.h"
#include "console/FollowPill.h"
#include "console/LoggerTreeModel.h"
#include "console/LoggerTreeView.h"
#include "console/Marks.h"
#include "console/Notice.h"
#include "console/SourceList.h"
#include "shell/Actions.h"
#include "handler/FileCompression.h"
#include "shell/DocumentBar.h"
#include "shell/FormatChooser.h"
#include "shell/FormatDialog.h"
#include "shell/FormatPreviewModel.h"
#include "shell/ProblemBanner.h"
#include "shell/Sidebar.h"
#include "shell/SourceCommands.h"
#include "shell/StatusBar.h"
#include "shell/ViewActions.h"
#include "shell/ViewTabBar.h"
#include "shell/ViewWindow.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

using namespace sluice;
using namespace sluice::test;

/// Logs and saved captures as documents: views of their own over their own store, in the real window.
class DocumentTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    ViewTabs *tabs() const { return f().window->views()->tabs(); }
    Documents *documents() const { return f().window->documents(); }
    QString label(const char *name) const
    {
        return f().window->findChild<QLabel *>(QLatin1String(name))->text();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers with = {}) const { QTest::keyClick(f().window.get(), key, with); }

    /// Writes a log and opens it.
    QString openLog(const QString &name, const QByteArray &text = threeLines) const
    {
        const QString path = f().write(name, text);
        f().session->open({path});
        return path;
    }
    template<typename Widget>
    Widget *inView() const
    {
        return f().view()->findChild<Widget *>();
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void aLogHasATabOfItsOwnAndTheLiveRecordsStayAlone()
    {
        f().append(2);
        const QString path = openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(tabs()->count(), 2);
        QTRY_COMPARE(f().shown(), 3);
        QCOMPARE(tabs()->bar()->tabText(1), QStringLiteral("app.log"));
        const QString about = tabs()->bar()->tabToolTip(1);
        QVERIFY2(about.contains(QDir::toNativeSeparators(path)), qPrintable(about));
        QVERIFY2(about.contains(QStringLiteral("Python: time - logger - LEVEL - message")), qPrintable(about));
        QVERIFY2(about.contains(QStringLiteral("3 of 3 lines")), qPrintable(about));
        QTRY_COMPARE(f().cell(0, 3), QStringLiteral("slow"));
        QCOMPARE(f().session->capture()->endRow(), 2u);
        // Its filter is its own, and its name stays in front.
        f().window->filterField()->setText(QStringLiteral("level >= WARNING"));
        QTRY_COMPARE(f().shown(), 2);
        QCOMPARE(tabs()->bar()->tabText(1), QStringLiteral("app.log · level >= WARNING"));
        tabs()->setCurrent(tabs()->view(0));
        QTRY_COMPARE(f().shown(), 2);
        QVERIFY(f().window->filterField()->text().isEmpty());
    }

    void openedAgainItsTabIsGoneTo()
    {
        const QString path = openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(tabs()->count(), 2);
        tabs()->setCurrent(tabs()->view(0));
        f().session->open({path});
        QTRY_COMPARE(tabs()->bar()->currentIndex(), 1);
        QCOMPARE(tabs()->count(), 2);
        QTRY_COMPARE(f().shown(), 3);
#ifndef Q_OS_WIN
        // By another name too.
        const QString other = f().folder.filePath(QStringLiteral("other.log"));
        QVERIFY(QFile::link(path, other));
        tabs()->setCurrent(tabs()->view(0));
        f().session->open({other});
        QTRY_COMPARE(tabs()->bar()->currentIndex(), 1);
        QCOMPARE(tabs()->count(), 2);
#endif
    }

    void whatIsAppendedToTheFileAppears()
    {
        openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(f().shown(), 3);
        QTRY_COMPARE(documents()->files().front()->work(), Document::Work::None);
        QVERIFY(!f().view()->pill()->isVisible()); // what was there is no news
        f().window->filterField()->setText(QStringLiteral("app")); // nor is what a filter finds
        QTRY_COMPARE(f().shown(), 3);
        QTRY_VERIFY(!f().view()->model()->isSearching());
        QVERIFY(!f().view()->pill()->isVisible());
        f().write(QStringLiteral("app.log"), "2026-10-11 22:14:18,123 - app.db - ERROR - again\n", QIODevice::Append);
        QTRY_COMPARE(f().shown(), 4);
        QTRY_COMPARE(f().cell(3, 3), QStringLiteral("again"));
        QTRY_VERIFY(f().view()->pill()->isVisible());
        QVERIFY2(f().view()->pill()->text().contains(QStringLiteral("1 new")), qPrintable(f().view()->pill()->text()));
    }

    void twoViewsOfAFileShareItsMarksAndTheLastOneLetsItGo()
    {
        openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(f().shown(), 3);
        const std::weak_ptr<RecordStore> store = f().view()->capture();
        QTest::mouseClick(f().table()->viewport(), Qt::LeftButton, {}, f().centre(1, 3));
        key(Qt::Key_M);
        key(Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(tabs()->count(), 3);
        QTRY_COMPARE(f().shown(), 3);
        QCOMPARE(f().view()->capture(), store.lock());
        QVERIFY(f().window->views()->marks()->contains(1));
        QVERIFY(!documents()->live()->marks()->contains(1));
        key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs()->count(), 2);
        QCOMPARE(documents()->files().size(), 1u);
        key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(f().window->views()->windows().size(), 1u);
        QCOMPARE(f().window->views()->windows().front()->view()->capture(), store.lock());
        f().window->views()->windows().front()->close();
        QTRY_VERIFY(documents()->files().empty());
        QTRY_VERIFY(store.expired());
        QCOMPARE(f().view()->capture(), f().session->capture());
    }

    void theLastTabOfAFileGivesWayToTheLiveRecords()
    {
        f().append(1);
        openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(tabs()->count(), 2);
        f().window->views()->close(tabs()->view(0));
        QCOMPARE(tabs()->count(), 1);
        QTest::qWait(100); // until the clock of the live records rests, as it does while there is no news
        key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs()->count(), 1);
        QCOMPARE(f().view()->capture(), f().session->capture());
        QTRY_COMPARE(f().shown(), 1);
        // There is always a way back to them.
        openLog(QStringLiteral("b.log"));
        QTRY_COMPARE(tabs()->count(), 2);
        key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tabs()->bar()->currentIndex(), 0);
    }

    void sidebarStatusAndDetailAreAboutWhatIsShown()
    {
        f().window->actions()->sidebar->trigger();
        f().window->actions()->detail->trigger();
        f().append(5, "live.logger", level::Error);
        LoggerTreeView *tree = f().window->sidebar()->loggerTree();
        const auto *loggers = static_cast<const LoggerTreeModel *>(tree->model());
        QTRY_VERIFY(loggers->find(QStringLiteral("live.logger")).isValid());
        QTRY_COMPARE(label("statusRecords"), QStringLiteral("5 records"));
        const QString path = openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(f().shown(), 3);
        QTRY_VERIFY(loggers->find(QStringLiteral("app.web")).isValid());
        QVERIFY(!loggers->find(QStringLiteral("live.logger")).isValid());
        QTRY_COMPARE(label("statusRecords"), QStringLiteral("3 records"));
        QTRY_COMPARE(label("statusErrors"), QStringLiteral("1 error"));
        QVERIFY2(label("statusListening").startsWith(QStringLiteral("Live: ")), qPrintable(label("statusListening")));
        QVERIFY(!f().window->findChild<QLabel *>(QStringLiteral("statusRate"))->isVisible());
        const QAbstractItemModel *sources = f().window->sidebar()->sourceList()->model();
        QTRY_COMPARE(sources->rowCount(), 1);
        // Forgetting the live records from here would be a surprise.
        QVERIFY(!f().window->actions()->clear->isEnabled());
        QTest::mouseClick(f().table()->viewport(), Qt::LeftButton, {}, f().centre(1, 3));
        const auto tells = [&](const QString &words) {
            for (const QLabel *text : f().window->detail()->findChildren<QLabel *>()) {
                if (text->text().contains(words))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(tells(QStringLiteral("through no chain")));
        // A logger picked belongs to the file's view.
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                          tree->visualRect(loggers->find(QStringLiteral("app.web"))).center());
        QTRY_COMPARE(f().shown(), 1);
        tabs()->setCurrent(tabs()->view(0));
        QTRY_COMPARE(f().shown(), 5);
        QVERIFY(loggers->find(QStringLiteral("live.logger")).isValid());
        QVERIFY(f().window->actions()->clear->isEnabled());
        QTRY_COMPARE(label("statusRecords"), QStringLiteral("5 records"));
    }

    void aPackedLogIsADocumentLikeAnyOther()
    {
        QByteArray text;
        for (int i = 0; i < 300; ++i)
            text += threeLines;
        QVERIFY(compressFile(f().write(QStringLiteral("app.log"), text).toStdString(), Compression::Gzip));
        const QString path = f().folder.filePath(QStringLiteral("app.log.gz"));
        f().session->open({path});
        QTRY_COMPARE(tabs()->count(), 2);
        QTRY_COMPARE(f().shown(), 900);
        QTRY_COMPARE(f().cell(898, 3), QStringLiteral("failed"));
        QCOMPARE(tabs()->bar()->tabText(1), QStringLiteral("app.log.gz"));
        QVERIFY(documents()->files().front()->kindInWords().startsWith(QStringLiteral("Packed · Python: ")));
        QTRY_COMPARE(documents()->files().front()->work(), Document::Work::None);
        // Tried with another format, its text is what is read.
        QTRY_VERIFY(f().window->actions()->format->isEnabled());
        f().window->actions()->format->trigger();
        FormatDialog *asked = f().window->sourceCommands()->formatDialog();
        QVERIFY(asked);
        QTRY_VERIFY(asked->format()->preview()->rowCount() > 3);
        QCOMPARE(asked->format()->preview()->index(1, FormatPreviewModel::Message).data().toString(), QStringLiteral("failed"));
        asked->close();
        // One that is cut off says so above the views.
        QFile packed(path);
        QVERIFY(packed.open(QIODevice::ReadWrite));
        QVERIFY(packed.resize(packed.size() - 8));
        packed.close();
        documents()->reopen(documents()->files().front(), {});
        QTRY_VERIFY(f().window->noticeBanner()->isVisible());
        QVERIFY2(f().window->noticeBanner()->text().contains(QStringLiteral("cut off")), qPrintable(f().window->noticeBanner()->text()));
        QTRY_COMPARE(f().shown(), 900);
    }

    void filesComeBackWithTheirViewsWhenTheWindowOpensAgain()
    {
        const QString path = openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(f().shown(), 3);
        f().window->filterField()->setText(QStringLiteral("slow"));
        QTRY_COMPARE(f().shown(), 1);
        f().window->close();
        QVERIFY(f().open());
        QCOMPARE(tabs()->count(), 2);
        QCOMPARE(tabs()->bar()->currentIndex(), 1);
        QCOMPARE(tabs()->bar()->tabText(1), QStringLiteral("app.log · slow"));
        QTRY_COMPARE(f().shown(), 1);
        QCOMPARE(f().window->filterField()->text(), QStringLiteral("slow"));
        f().window->actions()->showAll->trigger();
        QTRY_COMPARE(f().shown(), 3);
    }

    void aFileThatIsGoneSaysSoAndComesBackWithAButton()
    {
        const QString path = openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(f().shown(), 3);
        f().window->close();
        QVERIFY(QFile::remove(path));
        QVERIFY(f().open());
        QTRY_COMPARE(documents()->files().size(), 1u);
        QTRY_COMPARE(documents()->files().front()->state(), Document::State::Missing);
        auto *notice = f().view()->findChild<Notice *>(QStringLiteral("documentNotice"));
        QTRY_VERIFY(notice->isVisible());
        const auto says = [&](const QString &words) {
            for (const QLabel *text : notice->findChildren<QLabel *>()) {
                if (text->text().contains(words))
                    return true;
            }
            return false;
        };
        QVERIFY(says(QStringLiteral("app.log cannot be opened")));
        QVERIFY(says(path));
        f().write(QStringLiteral("app.log"), threeLines);
        QTest::mouseClick(notice->button(), Qt::LeftButton);
        QTRY_COMPARE(f().shown(), 3);
    }

    void aSavedCaptureOpensAsItIs()
    {
        f().append(7, "app.db", level::Warning, "kept");
        const QString path = f().folder.filePath(QStringLiteral("old.capture"));
        const auto capture = f().session->capture();
        QVERIFY(saveRecords(*capture, capture->snapshot(), path.toStdString()).ok());
        capture->clear();
        f().session->open({path});
        QTRY_COMPARE(tabs()->count(), 2);
        QTRY_COMPARE(f().shown(), 7);
        QTRY_COMPARE(f().cell(6, 3), QStringLiteral("kept"));
        QVERIFY(tabs()->bar()->tabToolTip(1).contains(QStringLiteral("Saved capture")));
    }

    void goingThroughAFileIsStoppedAndTakenUpAgain()
    {
        openLog(QStringLiteral("app.log"));
        QTRY_COMPARE(f().shown(), 3);
        Document *document = documents()->files().front();
        QTRY_COMPARE(document->work(), Document::Work::None);
        auto *bar = inView<DocumentBar>();
        QVERIFY(!bar->stopButton()->isVisible());
        document->stopWork();
        QCOMPARE(bar->workInWords(), QStringLiteral("Stopped; not followed"));
        f().write(QStringLiteral("app.log"), threeLines, QIODevice::Append);
        QToolButton *again = nullptr;
        for (QToolButton *button : bar->findChildren<QToolButton *>()) {
            if (button->text() == QStringLiteral("Read it all"))
                again = button;
        }
        QVERIFY(again && again->isVisible());
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE(f().shown(), 6);
        QCOMPARE(tabs()->count(), 2);
        QTRY_VERIFY(inView<DocumentBar>()->workInWords().isEmpty());
    }

    void aLargeLogTellsHowFarItIsAndCanBeStopped()
    {
        // Larger than what is read in one go.
        QByteArray text;
        for (int i = 0; text.size() < 16'000'000; ++i)
            text += "2026-10-11 22:14:15,123 - app.db - WARNING - line " + QByteArray::number(i) + " of many\n";
        const QString path = f().write(QStringLiteral("large.log"), text);
        QStringList told;
        connect(documents(), &Documents::shown, this, [&](Document *document) {
            connect(document, &Document::changed, this, [&told, document, this] {
                if (document->work() == Document::Work::Indexing)
                    told << inView<DocumentBar>()->workInWords();
            });
        });
        f().session->open({path});
        QTRY_COMPARE(tabs()->count(), 2);
        QTRY_VERIFY(f().shown() > 0);
        Document *document = documents()->files().front();
        QTRY_COMPARE(document->work(), Document::Work::None);
        QCOMPARE(f().shown(), text.count('\n'));
        for (const QString &words : told)
            QVERIFY2(words.startsWith(QStringLiteral("Indexing: ")) && words.endsWith(QStringLiteral("MB")), qPrintable(words));
    }

    void aFileThatIsNoLogIsAProblemOfTheWindow()
    {
        f().session->open({f().write(QStringLiteral("x.bin"), QByteArray(1000, '\0'))});
        QTRY_VERIFY(f().window->banner()->isVisible());
        QCOMPARE(tabs()->count(), 1);
        QVERIFY(documents()->files().empty());
    }
};

QTEST_MAIN(DocumentTest)
#include "DocumentTest.moc"
