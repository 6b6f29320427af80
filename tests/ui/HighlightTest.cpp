#include "console/FindBar.h"
#include "console/Highlights.h"
#include "console/HighlightsPanel.h"
#include "look/Appearance.h"
#include "shell/ViewActions.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>

#include <array>
#include <cmath>

using namespace sluice;
using namespace sluice::test;

namespace {

using Rgb = std::array<double, 3>;

double linear(double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }

/// As someone sees it who lacks red or green cones: Machado, Oliveira and Fernandes (2009), severity 1.
constexpr std::array<std::array<double, 9>, 3> sights = {{
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
}};

/// CIELAB.
Rgb lab(const QColor &color, const std::array<double, 9> &sight)
{
    const Rgb in{linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
    Rgb seen{};
    for (std::size_t i = 0; i < 3; ++i)
        seen[i] = std::clamp(sight[3 * i] * in[0] + sight[3 * i + 1] * in[1] + sight[3 * i + 2] * in[2], 0.0, 1.0);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
    const double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    const double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double luminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double high = std::max(luminance(a), luminance(b));
    return (high + 0.05) / (std::min(luminance(a), luminance(b)) + 0.05);
}

} // namespace

/// Rules that colour records.
class HighlightTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() { return *m_fixture; }
    Highlights *highlights() { return f().window->views()->highlights(); }
    HighlightsPanel *panel() { return f().view()->highlightsPanel(); }

    void setRules(std::vector<HighlightRules::Rule> rules)
    {
        HighlightRules all;
        all.rules = std::move(rules);
        highlights()->setRules(all);
    }

    /// Pixels of a colour in a row of the table as it is painted.
    int pixels(int row, const QColor &color)
    {
        const QImage image = f().table()->viewport()->grab().toImage();
        const QRect area = f().table()->visualRect(f().view()->model()->index(row, 0));
        int count = 0;
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, y) == color;
        }
        return count;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
        f().append(2, "app.db", level::Info, "alpha");
        f().append(2, "app.web", level::Error, "beta");
        QTRY_COMPARE(f().shown(), 4);
        f().window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f().window.get(), test::patience));
    }

    void cleanup() { m_fixture.reset(); }

    void textIsColouredWhereItStandsAndExpressionsColourRows()
    {
        const Theme &theme = Appearance::theme();
        setRules({{"alp", true, 2, false, false}, {"level >= ERROR", true, 5, true, true}});
        QTRY_VERIFY(pixels(0, theme.highlight(2)) > 50);
        QCOMPARE(pixels(2, theme.highlight(2)), 0);
        QVERIFY(pixels(2, theme.highlightRow(5)) > 2000);
        QCOMPARE(pixels(0, theme.highlightRow(5)), 0);
        setRules({{"alp", false, 2, false, false}});
        QTRY_COMPARE(pixels(0, theme.highlight(2)), 0);
    }

    void theFirstRuleThatHoldsHasTheRow()
    {
        const Theme &theme = Appearance::theme();
        setRules({{"level >= INFO", true, 1, false, true}, {"level >= ERROR", true, 5, false, true}});
        QTRY_VERIFY(pixels(2, theme.highlightRow(1)) > 2000);
        QCOMPARE(pixels(2, theme.highlightRow(5)), 0);
    }

    void eachRowIsAskedOnce()
    {
        f().append(5000, "app.db", level::Info, "alpha");
        QTRY_COMPARE(f().shown(), 5004);
        setRules({{"alpha", true, 0, false, false}});
        f().table()->viewport()->grab();
        const std::uint64_t asked = f().table()->highlighter().asked();
        QVERIFY(asked > 0 && asked < 200); // what is seen
        f().table()->viewport()->grab();
        QCOMPARE(f().table()->highlighter().asked(), asked);
    }

    void panelAddsOrdersTurnsOffAndRemoves()
    {
        QTest::keyClick(f().window.get(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(panel()->isVisible());
        QTRY_VERIFY(panel()->field()->hasFocus());
        QTest::keyClicks(panel()->field(), QStringLiteral("alpha"));
        QTest::keyClick(panel()->field(), Qt::Key_Return);
        QTest::keyClicks(panel()->field(), QStringLiteral("level >= ERROR"));
        QTest::mouseClick(panel()->addButton(), Qt::LeftButton);
        QCOMPARE(highlights()->rules().rules.size(), std::size_t(2));
        QVERIFY(highlights()->rules().rules[0].color != highlights()->rules().rules[1].color);
        panel()->list()->setCurrentRow(1);
        QTest::mouseClick(panel()->rowButton(), Qt::LeftButton);
        QTest::mouseClick(panel()->boldButton(), Qt::LeftButton);
        panel()->setColor(6);
        QCOMPARE(highlights()->rules().rules[1], (HighlightRules::Rule{"level >= ERROR", true, 6, true, true}));
        panel()->list()->item(0)->setCheckState(Qt::Unchecked);
        QVERIFY(!highlights()->rules().rules[0].on);
        panel()->list()->item(0)->setText(QStringLiteral("beta"));
        QCOMPARE(highlights()->rules().rules[0].text, std::string("beta"));
        QVERIFY(panel()->list()->model()->moveRow({}, 0, {}, 2));
        QCOMPARE(highlights()->rules().rules[1].text, std::string("beta"));
        panel()->list()->setFocus();
        panel()->list()->setCurrentRow(0);
        QTest::keyClick(panel()->list(), Qt::Key_Delete);
        QCOMPARE(highlights()->rules().rules.size(), std::size_t(1));
        QTest::keyClick(panel(), Qt::Key_Escape);
        QVERIFY(!panel()->isVisible());
    }

    void rulesAreOfAllViewsAndAreRemembered()
    {
        setRules({{"alpha", true, 3, true, false}});
        const HighlightRules kept = highlights()->rules();
        QVERIFY(f().open()); // the program again
        QCOMPARE(highlights()->rules(), kept);
        QTRY_VERIFY(pixels(0, Appearance::theme().highlight(3)) > 50);
    }

    void ctrlAndANumberColoursWhatIsLookedForOrSelected()
    {
        f().table()->setFocus();
        f().table()->goTo(0);
        QTest::keyClick(f().window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(highlights()->rules().rules.size(), std::size_t(1));
        QCOMPARE(highlights()->rules().rules[0].color, 2);
        QCOMPARE(Expression::parse(highlights()->rules().rules[0].text)->print(), Expression::search("alpha").print());
        QTest::keyClick(f().window.get(), Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(highlights()->rules().rules[0].color, 4);
        QTest::keyClick(f().window.get(), Qt::Key_5, Qt::ControlModifier);
        QVERIFY(highlights()->rules().rules.empty());
    }

    void whatMakesNoSenseInSettingsIsLeftOut()
    {
        QJsonArray array{QJsonObject{{QStringLiteral("text"), QStringLiteral("x")}, {QStringLiteral("color"), 99}},
                         QJsonObject{{QStringLiteral("text"), QStringLiteral(" ")}, {QStringLiteral("color"), 1}}, 7};
        for (int i = 0; i < 100; ++i)
            array.append(QJsonObject{{QStringLiteral("text"), QString::number(i)}, {QStringLiteral("color"), 8}});
        const HighlightRules rules = HighlightRules::fromJson(array);
        QCOMPARE(rules.rules.size(), HighlightRules::maxRules);
        QCOMPARE(HighlightRules::fromJson(rules.toJson()), rules);
    }

    void coloursAreToldApartByEveryoneAndTextOnThemIsRead()
    {
        for (const char *name : {"light", "dark"}) {
            const Theme theme = Theme::load(QString::fromLatin1(name));
            for (int i = 0; i < HighlightRules::colors; ++i) {
                QVERIFY2(contrast(theme.highlight(i), theme.color("highlightText")) >= 4.5, name);
                QVERIFY2(contrast(theme.highlightRow(i), theme.color("text")) >= 7, name);
                for (int j = 0; j < i; ++j) {
                    for (const auto &sight : sights) {
                        const Rgb a = lab(theme.highlight(i), sight);
                        const Rgb b = lab(theme.highlight(j), sight);
                        const double distance = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
                        QVERIFY2(distance >= 20, qPrintable(QStringLiteral("%1 %2 %3: %4").arg(theme.name()).arg(i).arg(j).arg(distance)));
                    }
                }
            }
        }
    }
};

QTEST_MAIN(HighlightTest)
#include "HighlightTest.moc"
