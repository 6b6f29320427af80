#include "console/DetailPane.h"
#include "console/ExportBar.h"
#include "console/FieldModel.h"
#include "console/FieldTree.h"
#include "console/FirstRunHint.h"
#include "console/FollowPill.h"
#include "console/RecordDetail.h"
#include "console/SourceList.h"
#include "inspector/HelpLabel.h"
#include "look/Appearance.h"
#include "look/ChoiceBox.h"
#include "look/ElidedLabel.h"
#include "shell/ChainList.h"
#include "shell/Sidebar.h"
#include "shell/SourceDialog.h"
#include "shell/StatusBar.h"
#include "shell/ViewTabBar.h"
#include "support/Patience.h"
#include "ui/ViewFixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStyleOptionButton>
#include <QStyledItemDelegate>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <set>

using namespace sluice;
using namespace sluice::test;

namespace {

const QString ellipsis = QStringLiteral("…");

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2's contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

/// The box of a check box, as it is painted in that state.
QImage boxOf(Qt::CheckState state, bool isEnabled)
{
    QWidget window;
    QCheckBox box(QStringLiteral("secure"), &window);
    box.setTristate(state == Qt::PartiallyChecked);
    box.setCheckState(state);
    box.setEnabled(isEnabled);
    box.resize(box.sizeHint());
    window.ensurePolished();
    QStyleOptionButton option;
    option.initFrom(&box);
    const QRect place = box.style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, &box);
    QImage image(box.size(), QImage::Format_RGB32);
    image.fill(Appearance::theme().color("window"));
    box.render(&image, {}, {}, QWidget::DrawChildren);
    return image.copy(place);
}

std::set<QRgb> coloursOf(const QImage &image)
{
    std::set<QRgb> colours;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, y));
    }
    return colours;
}

} // namespace

/// What the window looks like where that can be said in figures: what does not fit ends in an ellipsis, what is ticked is seen to be.
class LooksTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }

    /// The window with the sidebar as narrow as it gets.
    bool openNarrow()
    {
        m_fixture = std::make_unique<ViewFixture>();
        f().settings->setValue(setting::showSidebar, true);
        f().settings->setValue(setting::showDetail, true);
        if (!f().open())
            return false;
        QSplitter *splitter = f().window->findChild<QSplitter *>();
        splitter->setSizes({f().window->sidebar()->minimumWidth(), 800, 300});
        return QTest::qWaitFor([this] { return f().window->sidebar()->width() <= f().window->sidebar()->minimumWidth() + 4; }, patience);
    }

private Q_SLOTS:
    void initTestCase() { Appearance::instance(); }

    void cleanup()
    {
        m_fixture.reset();
        Appearance::instance().setMode(Appearance::Mode::System);
    }

    void aCheckBoxIsSeenInEachStateOfEachTheme()
    {
        for (const auto mode : {Appearance::Mode::Light, Appearance::Mode::Dark}) {
            Appearance::instance().setMode(mode);
            const QColor ground = Appearance::theme().color("window");
            std::vector<QImage> seen;
            for (const bool isEnabled : {true, false}) {
                for (const Qt::CheckState state : {Qt::Unchecked, Qt::PartiallyChecked, Qt::Checked}) {
                    const QImage box = boxOf(state, isEnabled);
                    // In the middle of its left side. Nothing has to be seen of what cannot be changed, but that it is there.
                    const QColor frame = box.pixelColor(0, box.height() / 2);
                    QVERIFY2(contrast(frame, ground) >= (isEnabled ? 3.0 : 1.5), qPrintable(frame.name() + QLatin1Char(' ') + ground.name()));
                    QVERIFY(std::ranges::find(seen, box) == seen.end());
                    seen.push_back(box);
                }
            }
        }
    }

    void aTickIsSeenOnItsGround()
    {
        for (const auto mode : {Appearance::Mode::Light, Appearance::Mode::Dark}) {
            Appearance::instance().setMode(mode);
            const QImage ticked = boxOf(Qt::Checked, true);
            const QColor ground = ticked.pixelColor(ticked.width() - 3, ticked.height() - 4);
            double best = 0;
            for (const QRgb colour : coloursOf(ticked.copy(3, 3, ticked.width() - 6, ticked.height() - 6)))
                best = std::max(best, contrast(QColor(colour), ground));
            QVERIFY2(best >= 3, qPrintable(QString::number(best)));
        }
    }

    void titlesOfANarrowSidebarEndInAnEllipsis()
    {
        QVERIFY(openNarrow());
        f().window->sidebar()->setLive(false);
        const QList<ElidedLabel *> titles = f().window->sidebar()->findChildren<ElidedLabel *>(QStringLiteral("sectionTitle"));
        QCOMPARE(titles.size(), 3);
        ElidedLabel *title = *std::ranges::max_element(titles, {}, [](const ElidedLabel *label) { return label->text().size(); });
        title->setFixedWidth(100);
        QCOMPARE(title->width(), 100);
        QVERIFY(title->shownText().endsWith(ellipsis));
        QVERIFY(title->text().startsWith(title->shownText().chopped(1)));
        QHelpEvent help(QEvent::ToolTip, {4, 4}, title->mapToGlobal(QPoint(4, 4)));
        QApplication::sendEvent(title, &help);
        QCOMPARE(QToolTip::text(), title->text());
        title->setFixedWidth(1000);
        QCOMPARE(title->shownText(), title->text());
    }

    void figuresOfASourceEndInAnEllipsisWhereThereIsNoRoom()
    {
        QVERIFY(openNarrow());
        LogRecordBatch batch;
        for (int i = 0; i < 2000; ++i)
            addRecord(batch, "app.db", level::Error, "failed", 1'700'000'000 + i);
        f().session->capture()->append(pointers(batch));
        SourceList *list = f().window->sidebar()->sourceList();
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QStyleOptionViewItem option;
        option.initFrom(list);
        option.font = list->font();
        option.fontMetrics = QFontMetrics(option.font);
        const QModelIndex row = list->model()->index(0, 0);
        const int height = list->itemDelegate()->sizeHint(option, row).height();
        // However much room there is, nothing but the dots of an ellipsis, at the foot of its line, stands where the room ends.
        for (int width = 110; width < 240; width += 3) {
            QImage image(width, height, QImage::Format_RGB32);
            const QColor ground = Appearance::theme().color("window");
            image.fill(ground);
            QPainter painter(&image);
            option.rect = image.rect();
            option.state = QStyle::State_Enabled;
            list->itemDelegate()->paint(&painter, option, row);
            painter.end();
            const int line = (height - 8) / 3;
            const QImage end = image.copy(width - 13, 4 + 2 * line, 2, line / 2);
            QVERIFY2(coloursOf(end) == std::set<QRgb>{ground.rgb()}, qPrintable(QString::number(width)));
        }
    }

    void aTitleThatIsTooLongForATabSaysSo()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
        auto *bar = f().window->findChild<ViewTabBar *>();
        f().view()->setName(QString(60, QLatin1Char('n')));
        QCOMPARE(bar->tabText(0), QString(39, QLatin1Char('n')) + ellipsis);
        f().view()->setName(QString(40, QLatin1Char('n')));
        QCOMPARE(bar->tabText(0), QString(40, QLatin1Char('n')));
    }

    void besideTheTabsIsTheWindowsGround()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
        auto *bar = f().window->findChild<ViewTabBar *>();
        QVERIFY(bar->width() > bar->tabRect(0).width());
        QTRY_COMPARE(bar->grab().toImage().pixelColor(bar->tabRect(0).right() + 4, 4), Appearance::theme().color("window"));
    }

    void linesAreNotBrokenWithinTheNameOfASecret()
    {
        const HelpLabel help(QStringLiteral("Further headers; a value may be ${env:NAME}, ${file:PATH} or ${keychain:NAME}"));
        for (int width = 60; width < 600; width += 2) {
            QTextLayout layout(help.text(), help.font());
            layout.beginLayout();
            for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
                line.setLineWidth(width);
                const QString words = help.text().mid(line.textStart(), line.textLength()).trimmed();
                QVERIFY2(!words.endsWith(QLatin1Char('$')) && !words.startsWith(QLatin1Char('{')), qPrintable(words));
            }
            layout.endLayout();
        }
        QCOMPARE(help.text().remove(QChar(0x2060)), QStringLiteral("Further headers; a value may be ${env:NAME}, ${file:PATH} or ${keychain:NAME}"));
    }

    void aMessageIsSeenWholeInAPaneThatBecomesNarrower()
    {
        RecordDetail detail;
        LogRecordBatch batch;
        LogRecord &record = addRecord(batch, "shop.http", level::Warning, "Slow response: /api/products?page=2 took 137 ms, which is more than it should", 1'700'000'000);
        detail.resize(600, 800);
        detail.show();
        QVERIFY(QTest::qWaitForWindowExposed(&detail));
        detail.showRecord(record);
        auto *edit = detail.findChild<QPlainTextEdit *>(QStringLiteral("code"));
        const auto textHeight = [edit] {
            const QTextBlock block = edit->document()->firstBlock();
            return edit->blockCount() * block.layout()->lineCount() * QFontMetrics(edit->font()).height();
        };
        QTRY_VERIFY(edit->height() >= textHeight());
        const int before = edit->height();
        detail.resize(240, 800);
        QTRY_VERIFY(edit->document()->firstBlock().layout()->lineCount() > 2);
        QTRY_VERIFY(edit->height() > before);
        QTRY_VERIFY(edit->viewport()->height() >= textHeight());
    }

    void valuesOfFieldsEndWhereThePaneEnds()
    {
        FieldModel model;
        FieldTree tree;
        tree.setModel(&model);
        tree.resize(600, 400);
        tree.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tree));
        model.showJson(R"({"request_identifier": "21b13196cd44", "user": {"name": "Ada Lovelace", "roles": ["admin"]}})");
        for (const int width : {600, 300, 220, 500}) {
            tree.resize(width, 400);
            QTRY_COMPARE(tree.viewport()->width(), width - 2 * tree.frameWidth());
            const QRect value = tree.visualRect(model.index(0, FieldModel::ValueColumn));
            QCOMPARE(value.right(), tree.viewport()->width() - 1);
            QVERIFY(value.width() >= 80);
        }
    }

    void everyBoxOfChoicesHasAnArrow()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
        SourceDialog dialog(SourceDialog::Kind::Follow, f().folder.path(), f().window.get());
        f().view()->exportBar()->open();
        const QList<QComboBox *> boxes = f().window->findChildren<QComboBox *>();
        QVERIFY(boxes.size() >= 4);
        for (const QComboBox *box : boxes)
            QVERIFY2(qobject_cast<const ChoiceBox *>(box), qPrintable(box->accessibleName()));
    }

    void aSmallWindowLeavesExplanationsOutRatherThanSqueezeButtons()
    {
        // As in the window, which may be smaller than what is in it needs.
        QWidget window;
        FirstRunHint hint(&window);
        hint.showListening(QStringLiteral("127.0.0.1:9020"));
        hint.resize(640, 480);
        window.resize(640, 480);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QList<QPushButton *> buttons = hint.findChildren<QPushButton *>();
        const auto isSqueezed = [&] {
            return std::ranges::any_of(buttons, [](const QPushButton *button) { return button->isVisible() && button->height() < button->sizeHint().height(); });
        };
        const auto sentences = [&] {
            const QList<QLabel *> labels = hint.findChildren<QLabel *>(QStringLiteral("secondary"));
            return std::ranges::count_if(labels, &QWidget::isVisible);
        };
        QTRY_COMPARE(sentences(), 2);
        hint.resize(640, 250);
        QTRY_VERIFY(sentences() < 2 && !isSqueezed());
        hint.resize(300, 280);
        QTRY_VERIFY(sentences() < 2 && !isSqueezed());
        hint.resize(640, 480);
        QTRY_VERIFY(sentences() == 2 && !isSqueezed());
    }

    void theStatusBarLeavesOutWhatMattersLeastRatherThanCutWords()
    {
        // Within a window that no window manager gives another size.
        QWidget window;
        window.setAttribute(Qt::WA_DontShowOnScreen);
        StatusBar bar(&window);
        RecordStore::Figures figures;
        figures.endRow = 1'234'567;
        figures.errors = 1234;
        figures.budget = 1 << 30;
        RouterStatus status;
        status.nodes.resize(3);
        for (std::size_t i = 0; i < 3; ++i) {
            status.nodes[i].id = "node " + std::to_string(i);
            status.nodes[i].state = i == 0 ? NodeStatus::State::Failed : NodeStatus::State::Running;
            status.nodes[i].endpoint = "127.0.0.1:9020";
        }
        status.sources.resize(1);
        status.sources[0].dropped = 350;
        const auto label = [&](const char *name) { return bar.findChild<QLabel *>(QLatin1String(name)); };
        window.show();
        bar.refresh({.shown = figures, .isLive = true, .liveRows = 0, .isBusy = false}, {status});
        bool isShort = false;
        for (int width = 1200; width >= 500; width -= 50) {
            bar.resize(width, bar.sizeHint().height());
            for (const char *name : {"statusRate", "statusRecords", "statusErrors", "statusDropped", "statusMemory"}) {
                const auto isWhole = [&] { return !label(name)->isVisible() || label(name)->width() >= label(name)->sizeHint().width(); };
                QVERIFY2(QTest::qWaitFor(isWhole, patience), qPrintable(QStringLiteral("%1 at %2").arg(QLatin1String(name)).arg(width)));
            }
            isShort = !label("statusMemory")->isVisible();
            // What is wrong is said at any width.
            QVERIFY(label("statusErrors")->isVisible() && label("statusDropped")->isVisible() && label("statusListening")->isVisible());
            QVERIFY(label("statusListening")->width() >= 40);
        }
        QVERIFY(isShort);
        bar.resize(1200, bar.height());
        QTRY_VERIFY(label("statusMemory")->isVisible());
    }

    void whetherANarrowTableFollowsIsSaidByADotBesideItsTitles()
    {
        QVERIFY(openNarrow());
        f().append(200);
        QTRY_COMPARE(f().shown(), 200);
        const auto *pill = f().view()->findChild<FollowPill *>();
        QTRY_VERIFY(pill->isVisible());
        f().window->resize(1200, 600);
        QTRY_VERIFY(pill->width() > pill->fontMetrics().horizontalAdvance(pill->text()));
        f().view()->resize(240, 400);
        QTRY_VERIFY(pill->width() < pill->fontMetrics().horizontalAdvance(pill->text()));
        QCOMPARE(pill->accessibleName(), QStringLiteral("Following"));
    }

    void anEmptyChainSaysWhy()
    {
        QVERIFY(openNarrow());
        const ChainList *list = f().window->sidebar()->chainList();
        QCOMPARE(list->model()->rowCount(), 0);
        QVERIFY(coloursOf(list->viewport()->grab().toImage()).size() > 1);
    }

    void whatBecameOfACopyDoesNotPushTheOtherPanes()
    {
        m_fixture = std::make_unique<ViewFixture>();
        f().settings->setValue(setting::showSidebar, true);
        f().settings->setValue(setting::showDetail, true);
        QVERIFY(f().open());
        f().window->resize(1200, 700);
        QTRY_COMPARE(f().window->width(), 1200);
        const auto *splitter = f().window->findChild<QSplitter *>();
        QCoreApplication::processEvents();
        const QList<int> sizes = splitter->sizes();
        ExportBar *bar = f().view()->exportBar();
        bar->open();
        bar->words()->setText(QStringLiteral("The first 100,000 records copied, 2,900,000 left out: export takes them all"));
        QTRY_VERIFY(bar->isVisible() && bar->words()->width() > 0);
        QCoreApplication::processEvents();
        QCOMPARE(splitter->sizes(), sizes);
        QVERIFY(qobject_cast<ElidedLabel *>(bar->words())->shownText().endsWith(ellipsis));
        QCOMPARE(bar->findChild<QLineEdit *>(QStringLiteral("exportFormat"))->cursorPosition(), 0);
    }
};

QTEST_MAIN(LooksTest)
#include "LooksTest.moc"
