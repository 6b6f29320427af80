#include "capture/CaptureFile.h"
#include "capture/CaptureFixture.h"
#include "console/ColumnsPanel.h"
#include "console/ExportBar.h"
#include "console/FilterField.h"
#include "console/FindBar.h"
#include "console/GoToBar.h"
#include "console/Marks.h"
#include "console/NoteBar.h"
#include "console/ViewMenus.h"
#include "console/ViewNavigator.h"
#include "look/Appearance.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QScrollBar>
#include <QStatusBar>

#include <array>
#include <filesystem>

using namespace sluice;
using namespace sluice::test;

namespace {

using Row = std::optional<std::uint64_t>;

} // namespace

/// What one does with the records of a view, by mouse and keyboard.
class ViewWorkTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    RecordTable *table() const { return f().table(); }
    void key(Qt::Key key, Qt::KeyboardModifiers with = {}) const { QTest::keyClick(table(), key, with); }
    Marks &marks() const { return *f().window->views()->marks(); }
    FindBar *findBar() const { return f().view()->navigator()->findBar(); }

    void select(int row) const
    {
        table()->setFollowing(false);
        table()->setCurrentIndex(f().view()->model()->index(row, 0));
    }

    /// An action of the header's menu, by its words, wherever it is in it.
    bool trigger(const QString &words) const
    {
        Q_EMIT table()->headerMenuRequested(table()->mapToGlobal(QPoint(10, 10)));
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            auto *menu = qobject_cast<QMenu *>(widget);
            if (!menu || !menu->isVisible())
                continue;
            for (QAction *action : menu->findChildren<QAction *>()) {
                if (action->text() == words && action->isEnabled()) {
                    action->trigger();
                    menu->close();
                    return true;
                }
            }
            menu->close();
        }
        return false;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void findCountsAndGoesRound()
    {
        for (int i = 0; i < 400; ++i)
            f().append(1, "app", level::Info, i % 100 == 7 ? "a Needle in it" : "hay");
        QTRY_COMPARE(f().shown(), 400);
        table()->setFocus();
        key(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(findBar()->field()->hasFocus());
        QTest::keyClicks(findBar()->field(), QStringLiteral("needle"));
        QTRY_COMPARE(findBar()->counts()->text(), QStringLiteral("4 of 4"));
        QCOMPARE(f().current(), Row(307)); // the nearest behind what was in view, at the end
        QTest::keyClick(findBar()->field(), Qt::Key_Return);
        QTRY_COMPARE(f().current(), Row(7)); // round
        QCOMPARE(findBar()->counts()->text(), QStringLiteral("1 of 4"));
        QTest::keyClick(f().window.get(), Qt::Key_F3);
        QTRY_COMPARE(f().current(), Row(107));
        QTest::keyClick(f().window.get(), Qt::Key_F3, Qt::ShiftModifier);
        QTest::keyClick(f().window.get(), Qt::Key_F3, Qt::ShiftModifier);
        QTRY_COMPARE(f().current(), Row(307));
        QVERIFY(!table()->isFollowing());
        f().append(1, "app", level::Info, "needle, late");
        QTRY_COMPARE(findBar()->counts()->text(), QStringLiteral("4 of 5"));
        QTest::keyClicks(findBar()->field(), QStringLiteral("less"));
        QTRY_COMPARE(findBar()->counts()->text(), QStringLiteral("Not found"));
        QTest::keyClick(findBar()->field(), Qt::Key_Escape);
        QVERIFY(!findBar()->isVisible());
        QTRY_VERIFY(table()->hasFocus());
    }

    void findStaysWithinTheFilter()
    {
        for (int i = 0; i < 60; ++i)
            f().append(1, "app", level::Info, i % 2 ? "odd needle" : i % 3 ? "even needle" : "even");
        f().window->filterField()->setText(QStringLiteral("even"));
        QTRY_COMPARE(f().shown(), 30);
        f().view()->navigator()->openFind();
        findBar()->field()->setText(QStringLiteral("needle"));
        QTRY_COMPARE(f().view()->navigator()->finder().count(), 20u);
        f().window->filterField()->setText(QStringLiteral("odd"));
        QTRY_COMPARE(f().view()->navigator()->finder().count(), 30u);
        CaptureFilter filter;
        filter.text = "odd";
        filter.expressions.push_back({"even and not needle", true, true});
        f().view()->setFilter(filter);
        QTRY_COMPARE(f().shown(), 40);
        QTRY_COMPARE(f().view()->navigator()->finder().count(), 30u);
        findBar()->field()->setText(QStringLiteral("even"));
        QTRY_COMPARE(f().view()->navigator()->finder().count(), 10u);
        // A text is looked for as it stands.
        findBar()->field()->setText(QStringLiteral("\"or\" level >= 0"));
        QTRY_COMPARE(findBar()->counts()->text(), QStringLiteral("Not found"));
    }

    void findPaintsWhatIsFound()
    {
        f().append(1, "app", level::Info, "xxxx Needle xxxx");
        QTRY_COMPARE(f().shown(), 1);
        const QImage before = table()->viewport()->grab().toImage();
        f().view()->navigator()->openFind();
        findBar()->field()->setText(QStringLiteral("needle"));
        QTRY_VERIFY(f().current());
        table()->clearSelection();
        const QColor match = Appearance::theme().color("match");
        const auto count = [&](const QImage &image) {
            int pixels = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    pixels += image.pixelColor(x, y) == match;
            }
            return pixels;
        };
        QCOMPARE(count(before), 0);
        QVERIFY(count(table()->viewport()->grab().toImage()) > 100);
        // As in the search itself, capitals count where there are any.
        findBar()->field()->setText(QStringLiteral("NEEDLE"));
        QTRY_COMPARE(findBar()->counts()->text(), QStringLiteral("Not found"));
        QCOMPARE(count(table()->viewport()->grab().toImage()), 0);
    }

    void errorsAndWarningsAreStepsAway()
    {
        for (int i = 0; i < 3'000; ++i)
            f().append(1, "app", i % 1000 == 500 ? level::Critical : i % 1000 == 700 ? level::Warning : level::Info);
        QTRY_COMPARE(f().shown(), 3'000);
        table()->setFocus();
        key(Qt::Key_Home);
        key(Qt::Key_E);
        QTRY_COMPARE(f().current(), Row(500));
        QVERIFY(table()->viewport()->rect().contains(f().centre(500, 0)));
        key(Qt::Key_E);
        QTRY_COMPARE(f().current(), Row(1'500));
        key(Qt::Key_W);
        QTRY_COMPARE(f().current(), Row(1'700));
        key(Qt::Key_W, Qt::ShiftModifier);
        QTRY_COMPARE(f().current(), Row(700));
        key(Qt::Key_E, Qt::ShiftModifier);
        QTRY_COMPARE(f().current(), Row(500));
        key(Qt::Key_E, Qt::ShiftModifier);
        QTRY_COMPARE(f().window->statusBar()->currentMessage(), QStringLiteral("There is no error before this record"));
        QCOMPARE(f().current(), Row(500));
    }

    void errorsThatTheFilterHidesArePassedOver()
    {
        f().append(1, "app", level::Error, "hidden");
        f().append(1, "app", level::Error, "shown");
        f().window->filterField()->setText(QStringLiteral("shown"));
        QTRY_COMPARE(f().shown(), 1);
        f().view()->navigator()->nextOf(Severity::Error, Severity::Critical, false);
        QTRY_COMPARE(f().current(), Row(1));
    }

    void marksAreSetSeenAndStepped()
    {
        f().append(300);
        QTRY_COMPARE(f().shown(), 300);
        table()->setFocus();
        select(10);
        key(Qt::Key_M);
        QVERIFY(marks().contains(10));
        select(200);
        // In the gutter, by mouse.
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, QPoint(8, f().centre(200, 0).y()));
        QVERIFY(marks().contains(200));
        select(100);
        key(Qt::Key_BracketRight);
        QCOMPARE(f().current(), Row(200));
        key(Qt::Key_BracketLeft);
        QCOMPARE(f().current(), Row(10));
        key(Qt::Key_M);
        QVERIFY(!marks().contains(10));
        QCOMPARE(marks().size(), 1u);
        f().session->capture()->clear();
        QTRY_COMPARE(marks().size(), 0u);
    }

    void aNoteIsWrittenOnADoubleClick()
    {
        f().append(5);
        QTRY_COMPARE(f().shown(), 5);
        QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, f().centre(3, 0));
        NoteBar *bar = f().view()->navigator()->noteBar();
        QTRY_VERIFY(bar->isVisible());
        QTest::keyClicks(bar->field(), QStringLiteral("look here"));
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QVERIFY(!bar->isVisible());
        QCOMPARE(marks().note(3), QStringLiteral("look here"));
        QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, f().centre(3, 0));
        QTRY_COMPARE(bar->field()->text(), QStringLiteral("look here"));
        bar->field()->setText(QStringLiteral("other"));
        QTest::keyClick(bar->field(), Qt::Key_Escape);
        QCOMPARE(marks().note(3), QStringLiteral("look here"));
    }

    void goToFindsRowsAndTimes()
    {
        f().append(1'000, "app", level::Info, "m", 1'700'000'000.0);
        QTRY_COMPARE(f().shown(), 1'000);
        TimeFormat utc;
        utc.zone = "UTC";
        table()->setTimeFormat(utc);
        table()->setFocus();
        key(Qt::Key_G, Qt::ControlModifier);
        GoToBar *bar = f().view()->navigator()->goToBar();
        QTRY_VERIFY(bar->field()->hasFocus());
        QTest::keyClicks(bar->field(), QStringLiteral("17"));
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QTRY_COMPARE(f().current(), Row(16));
        QVERIFY(!bar->isVisible());
        key(Qt::Key_G, Qt::ControlModifier);
        bar->field()->setText(QStringLiteral("22:20:00")); // 400 s after the first
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QTRY_COMPARE(f().current(), Row(400));
        key(Qt::Key_G, Qt::ControlModifier);
        bar->field()->setText(QStringLiteral("23:59"));
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QTRY_VERIFY(bar->findChildren<QLabel *>().first()->text().startsWith(QStringLiteral("No record")));
        bar->field()->setText(QStringLiteral("5000"));
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QCOMPARE(bar->findChildren<QLabel *>().first()->text(), QStringLiteral("There are 1,000 rows"));
        QTest::keyClick(bar->field(), Qt::Key_Escape);
        QTRY_VERIFY(table()->hasFocus());
    }

    void linesUnfoldInPlaceByKeyAndMouse()
    {
        f().append(5);
        f().append(1, "app", level::Error, "first\nsecond\nthird");
        f().append(5);
        QTRY_COMPARE(f().shown(), 11);
        table()->setFocus();
        select(5);
        const int below = f().centre(6, 0).y();
        key(Qt::Key_Right);
        QVERIFY(table()->isUnfolded(5));
        QVERIFY(f().centre(6, 0).y() > below + table()->fontMetrics().height());
        QCOMPARE(table()->rowAt(f().centre(6, 0).y()), 6);
        key(Qt::Key_Left);
        QCOMPARE(f().centre(6, 0).y(), below);
        select(1);
        key(Qt::Key_Right);
        QVERIFY(!table()->isUnfolded(1)); // it has one line
        // The marker stands behind the words.
        const QRect message = table()->visualRect(f().view()->model()->index(5, 3));
        const int x = message.left() + table()->fontMetrics().horizontalAdvance(QStringLiteral("first")) + 28;
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, QPoint(x, message.center().y()));
        QVERIFY(table()->isUnfolded(5));
    }

    void aVeryLongRecordUnfoldsWithinTheView()
    {
        std::string lines;
        for (int i = 0; i < 5'000; ++i)
            lines += "line\n";
        f().append(1, "app", level::Info, lines);
        f().append(3);
        QTRY_COMPARE(f().shown(), 4);
        table()->setUnfolded(0, true);
        QVERIFY(table()->rowHeight(0) < table()->viewport()->height());
        QVERIFY(table()->rowHeight(0) > table()->viewport()->height() / 2);
    }

    void columnsAreChosenOrderedAndFitted()
    {
        const std::array<Field, 1> inner{Field{Value::text("id"), Value::integer(42)}};
        const std::array<Field, 1> extra{Field{Value::text("user"), Value::dict(inner)}};
        LogRecordBatch batch;
        addRecord(batch, "app", level::Info, "m").extra = extra;
        f().session->capture()->append(pointers(batch));
        QTRY_COMPARE(f().shown(), 1);
        QVERIFY(trigger(QStringLiteral("funcName")));
        QCOMPARE(f().header(3), QStringLiteral("funcName"));
        QCOMPARE(f().cell(0, 3), QStringLiteral("execute"));
        QVERIFY(trigger(QStringLiteral("Level")));
        QCOMPARE(f().view()->model()->columnCount(), 4);

        QVERIFY(trigger(QStringLiteral("Columns…")));
        ColumnsPanel *panel = f().view()->columnsPanel();
        QTRY_VERIFY(panel->isVisible());
        QTest::keyClicks(panel->field(), QStringLiteral("user.id"));
        QTest::keyClick(panel->field(), Qt::Key_Return);
        QCOMPARE(f().header(4), QStringLiteral("user.id"));
        QCOMPARE(f().cell(0, 4), QStringLiteral("42"));
        QListWidget *list = panel->list();
        QCOMPARE(list->item(0)->text(), QStringLiteral("Time"));
        list->item(0)->setCheckState(Qt::Unchecked);
        QCOMPARE(f().header(0), QStringLiteral("Logger"));

        // Dragged in the header; what the reader made is what is remembered.
        table()->header()->moveSection(0, 2);
        const std::vector<ViewColumn> columns = f().view()->state().columns;
        QCOMPARE(columns[2].field, QStringLiteral("name"));
        table()->header()->resizeSection(table()->header()->logicalIndex(0), 333);
        QCOMPARE(f().view()->state().columns[0].width, 333);
        table()->fitColumn(table()->header()->logicalIndex(0));
        QVERIFY(f().view()->state().columns[0].width < 200);
        QVERIFY(trigger(QStringLiteral("Standard columns")));
        QCOMPARE(f().view()->model()->columns().size(), 4u);
        QCOMPARE(f().header(0), QStringLiteral("Time"));
        QTest::keyClick(panel, Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
    }

    void timeIsShownInEveryWay()
    {
        f().append(3, "app", level::Info, "m", 1'700'000'000.25);
        QTRY_COMPARE(f().shown(), 3);
        QVERIFY(trigger(QStringLiteral("UTC")));
        QCOMPARE(f().cell(0, 0), QStringLiteral("22:13:20.250"));
        QCOMPARE(f().header(0), QStringLiteral("Time (UTC)"));
        QVERIFY(trigger(QStringLiteral("Date and time")));
        QVERIFY(trigger(QStringLiteral("Microseconds")));
        QCOMPARE(f().cell(0, 0), QStringLiteral("2023-11-14 22:13:20.250000"));
        table()->setFocus();
        key(Qt::Key_T);
        QVERIFY(f().cell(0, 0).endsWith(QStringLiteral(" d ago")));
        key(Qt::Key_T);
        QCOMPARE(f().cell(0, 0), QStringLiteral("–"));
        QCOMPARE(f().cell(1, 0), QStringLiteral("+1.000000"));
        key(Qt::Key_T); // no reference yet: round
        QCOMPARE(f().cell(0, 0), QStringLiteral("2023-11-14 22:13:20.250000"));
        select(2);
        key(Qt::Key_R);
        QCOMPARE(f().cell(0, 0), QStringLiteral("-2.000000"));
        QCOMPARE(f().header(0), QStringLiteral("Since reference"));
        key(Qt::Key_R);
        QCOMPARE(f().cell(0, 0), QStringLiteral("2023-11-14 22:13:20.250000"));
    }

    void copyIsTextJsonOrMarkdown()
    {
        f().append(1, "a", level::Info, "first");
        f().append(1, "b", level::Info, "second");
        QTRY_COMPARE(f().shown(), 2);
        table()->setFocus();
        table()->selectAll();
        QClipboard *clipboard = QApplication::clipboard();
        clipboard->clear();
        f().view()->exportBar()->copy(RecordTextOptions::Kind::Markdown);
        QTRY_VERIFY(clipboard->text().startsWith(QStringLiteral("| created | levelname | name | message |\n")));
        QCOMPARE(clipboard->text().count(QLatin1Char('\n')), 3);
        select(1);
        f().view()->exportBar()->copy(RecordTextOptions::Kind::Json);
        QTRY_VERIFY(clipboard->text().startsWith(QLatin1Char('{')));
        const QJsonObject object = QJsonDocument::fromJson(clipboard->text().toUtf8()).object();
        QCOMPARE(object[QStringLiteral("name")].toString(), QStringLiteral("b"));
    }

    void exportWritesWhatTheFilterShows()
    {
        f().append(700, "app", level::Info, "keep");
        f().append(300, "app", level::Info, "drop");
        f().window->filterField()->setText(QStringLiteral("keep"));
        QTRY_COMPARE(f().shown(), 700);
        table()->setFocus();
        key(Qt::Key_E, Qt::ControlModifier);
        ExportBar *bar = f().view()->exportBar();
        QTRY_VERIFY(bar->isVisible());
        bar->format()->setText(QStringLiteral("%(levelname)s %(message)s"));
        const QString path = f().folder.filePath(QStringLiteral("out.log"));
        bar->exportTo(path);
        QTRY_COMPARE(bar->words()->text(), QStringLiteral("700 records written to out.log"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 700);
        QVERIFY(text.startsWith("INFO keep\n"));
        // A format that is none says why, and leaves the file alone.
        bar->format()->setText(QStringLiteral("%(message"));
        bar->exportTo(path);
        QVERIFY(!bar->words()->text().isEmpty());
        QVERIFY(!bar->work()->isRunning());
        bar->exportTo(QStringLiteral("/nowhere/at/all.log"));
        bar->format()->setText(QStringLiteral("%(message)s"));
        bar->exportTo(QStringLiteral("/nowhere/at/all.log"));
        QTRY_VERIFY(bar->words()->text().contains(QStringLiteral("cannot be written")));
    }

    void copyingTooMuchIsSaidAndExportOffered()
    {
        f().append(100'010);
        QTRY_COMPARE(f().shown(), 100'010);
        table()->setFocus();
        table()->selectAll();
        QCOMPARE(table()->selectedCount(), std::size_t(100'010));
        key(Qt::Key_C, Qt::ControlModifier);
        ExportBar *bar = f().view()->exportBar();
        QTRY_COMPARE(
            bar->words()->text(),
            QStringLiteral("The first 100,000 records copied, 10 left out: export takes them all"));
        QVERIFY(bar->isVisible() && bar->button()->isVisible());
        QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), qsizetype(99'999));
        bar->close();
        table()->setFollowing(false);
        table()->goTo(5);
        key(Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(bar->words()->text(), QStringLiteral("1 record copied"));
        QVERIFY(!bar->isVisible());
    }

    void exportSaysWhatCouldNotBeRead()
    {
        CaptureFixture files;
        constexpr std::uint64_t rows = 2'000;
        {
            const auto capture = files.open();
            QVERIFY(capture);
            appendNumbered(*capture, 0, rows);
            QVERIFY(capture->waitUntilWritten(test::longWait));
        }
        std::uintmax_t largest = 0;
        std::filesystem::path damaged;
        for (const auto &entry : std::filesystem::directory_iterator(files.path())) {
            if (entry.file_size() > largest) {
                largest = entry.file_size();
                damaged = entry.path();
            }
        }
        {
            QFile file(QString::fromStdString(damaged.string()));
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(qint64(largest / 2));
            file.write(QByteArray(16, '\xa5'));
        }
        const auto store = CaptureFile::open(files.path());
        QVERIFY(store.ok());
        const Reading reading = readAll(**store);
        QVERIFY(reading.lost > 0 && reading.right > 0);
        for (const bool listed : {false, true}) {
            RecordExport work;
            QSignalSpy finished(&work, &RecordExport::finished);
            RecordExport::Job job;
            job.store = *store;
            job.snapshot = (*store)->snapshot();
            for (std::uint64_t row = 0; listed && row < rows; ++row)
                job.rows.push_back(row);
            job.path = f().folder.filePath(QStringLiteral("some.log"));
            QVERIFY(work.start(job));
            QTRY_COMPARE(finished.count(), 1);
            QCOMPARE(finished[0][0].toULongLong(), reading.right);
            QCOMPARE(finished[0][2].toString(), QString());
            QCOMPARE(finished[0][3].toULongLong(), reading.lost);
        }
    }

    void exportThatIsCancelledLeavesNoFile()
    {
        for (int i = 0; i < 20; ++i)
            f().append(10'000, "app", level::Info, "a message of some length, so that it takes a while");
        QTRY_COMPARE(f().shown(), 200'000);
        ExportBar *bar = f().view()->exportBar();
        bar->open();
        bar->kind()->setCurrentIndex(1);
        const QString path = f().folder.filePath(QStringLiteral("out.jsonl"));
        bar->exportTo(path);
        QVERIFY(bar->work()->isRunning());
        QTest::mouseClick(bar->button(), Qt::LeftButton); // says Cancel by now
        QTRY_COMPARE(bar->words()->text(), QStringLiteral("Cancelled: no file was written."));
        QVERIFY(!QFile::exists(path));
        bar->exportTo(path);
        QTRY_COMPARE(bar->words()->text(), QStringLiteral("200,000 records written to out.jsonl"));
    }

    void aSelectedRowKeepsItsLevelsColour()
    {
        f().append(1, "app", level::Error);
        f().append(1, "app", level::Info);
        QTRY_COMPARE(f().shown(), 2);
        table()->selectAll();
        const QImage image = table()->viewport()->grab().toImage();
        const auto at = [&](int row) {
            const QRect rect = table()->visualRect(f().view()->model()->index(row, 3));
            return image.pixelColor(rect.right() - 4, rect.center().y());
        };
        QCOMPARE(at(0), Appearance::theme().level(Severity::Error).selected);
        QCOMPARE(at(1), Appearance::theme().level(Severity::Info).selected);
        QVERIFY(at(0) != at(1));
    }
};

QTEST_MAIN(ViewWorkTest)
#include "ViewWorkTest.moc"
