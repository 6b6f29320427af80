#include "console/LevelBadge.h"
#include "look/Appearance.h"
#include "shell/Settings.h"
#include "support/Patience.h"

#include <QDirIterator>
#include <QImage>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

using namespace sluice;

namespace {

double linear(double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2's contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

using Matrix = std::array<std::array<double, 3>, 3>;

/// How linear red, green and blue are seen: by most people, and without the cones for red or for green.
/// Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009.
constexpr std::array<Matrix, 3> sights = {{
    {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
    {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
}};

/// CIE L*a*b*, D65.
std::array<double, 3> lab(const QColor &color, const Matrix &sight)
{
    const std::array rgb = {linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
    std::array<double, 3> seen{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j)
            seen[i] += sight[i][j] * rgb[j];
        seen[i] = std::clamp(seen[i], 0.0, 1.0);
    }
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
    const double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    const double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// How far two colours are apart (CIE 1976) for whom they are nearest; 2 is just seen side by side.
double distance(const QColor &a, const QColor &b)
{
    double least = 1e9;
    for (const Matrix &sight : sights) {
        const auto la = lab(a, sight);
        const auto lb = lab(b, sight);
        least = std::min(least, std::hypot(la[0] - lb[0], la[1] - lb[1], la[2] - lb[2]));
    }
    return least;
}

#define COMPARE_DISTANCE(a, b, least)                                                                        \
    QVERIFY2(distance(a, b) >= least, qPrintable(QStringLiteral("%1 and %2: %3")                             \
                                                     .arg((a).name(), (b).name())                            \
                                                     .arg(distance(a, b))))

#define COMPARE_CONTRAST(text, background, least)                                                            \
    QVERIFY2(contrast(text, background) >= least, qPrintable(QStringLiteral("%1 on %2: %3")                  \
                                                                 .arg((text).name(), (background).name())    \
                                                                 .arg(contrast(text, background))))

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

    static void themes()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }

private Q_SLOTS:
    void messagesAreReadOnTheirRows_data() { themes(); }
    void messagesAreReadOnTheirRows()
    {
        QFETCH(QString, name);
        const Theme theme = Theme::load(name);
        for (int i = 0; i < severityCount; ++i) {
            const LevelColors &level = theme.level(static_cast<Severity>(i));
            COMPARE_CONTRAST(level.text, level.row, 7.0);
            const bool plain = i < static_cast<int>(Severity::Warning);
            COMPARE_CONTRAST(plain ? theme.color("selectionText") : level.text, level.selected, 6.0);
            COMPARE_CONTRAST(level.text, theme.color("match"), 4.5);
            COMPARE_CONTRAST(level.badgeText, level.badge, 4.5);
        }
        COMPARE_CONTRAST(theme.color("selectionText"), theme.color("selection"), 7.0);
    }

    void interfaceIsReadOnItsSurfaces_data() { themes(); }
    void interfaceIsReadOnItsSurfaces()
    {
        QFETCH(QString, name);
        const Theme theme = Theme::load(name);
        for (const char *surface : {"window", "base", "alternate", "hover"}) {
            COMPARE_CONTRAST(theme.color("text"), theme.color(surface), 7.0);
            COMPARE_CONTRAST(theme.color("secondary"), theme.color(surface), 4.5);
            COMPARE_CONTRAST(theme.color("problem"), theme.color(surface), 4.5);
        }
        COMPARE_CONTRAST(theme.color("problem"), theme.color("problemSurface"), 4.5);
        COMPARE_CONTRAST(theme.color("text"), theme.color("problemSurface"), 7.0);
        COMPARE_CONTRAST(theme.color("accentText"), theme.color("accent"), 4.5);
        COMPARE_CONTRAST(theme.color("tooltipText"), theme.color("tooltip"), 7.0);
        // Seen, not read.
        COMPARE_CONTRAST(theme.color("ok"), theme.color("window"), 3.0);
        COMPARE_CONTRAST(theme.color("stopped"), theme.color("window"), 3.0);
    }

    void levelsAreToldApartByEveryEye_data() { themes(); }
    void levelsAreToldApartByEveryEye()
    {
        QFETCH(QString, name);
        const Theme theme = Theme::load(name);
        const auto level = [&](Severity severity) { return theme.level(severity); };
        for (int i = 0; i < severityCount; ++i) {
            for (int j = 0; j < i; ++j)
                COMPARE_DISTANCE(theme.bar(static_cast<Severity>(i)), theme.bar(static_cast<Severity>(j)), 20.0);
        }
        for (const Severity severity : {Severity::Warning, Severity::Error, Severity::Critical})
            COMPARE_CONTRAST(theme.bar(severity), theme.color("base"), 3.0);
        for (const char *token : {"mark", "found"})
            COMPARE_CONTRAST(theme.color(token), theme.color("window"), 3.0);
        // ERROR and CRITICAL are both red, and told by shape and letter; see below.
        COMPARE_DISTANCE(level(Severity::Info).badge, level(Severity::Warning).badge, 20.0);
        COMPARE_DISTANCE(level(Severity::Info).badge, level(Severity::Error).badge, 20.0);
        COMPARE_DISTANCE(level(Severity::Warning).badge, level(Severity::Error).badge, 20.0);
        COMPARE_DISTANCE(level(Severity::Warning).row, level(Severity::Error).row, 8.0);
        COMPARE_DISTANCE(level(Severity::Warning).row, level(Severity::Info).row, 8.0);
    }

    void everyLevelHasAShapeOfItsOwn()
    {
        // Black and white, without letters' help: how many pixels of one badge another does not have.
        std::array<QImage, severityCount> shapes;
        for (int i = 0; i < severityCount; ++i) {
            QImage image(96, 96, QImage::Format_ARGB32);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            painter.scale(4, 4);
            paintLevelBadge(painter, QRectF(0, 0, 24, 24), static_cast<Severity>(i));
            painter.end();
            shapes[static_cast<std::size_t>(i)] = image.convertToFormat(QImage::Format_Alpha8);
        }
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                int others = 0;
                for (int y = 0; y < 96; ++y) {
                    for (int x = 0; x < 96; ++x)
                        others += (shapes[i].pixelColor(x, y).alpha() > 127) != (shapes[j].pixelColor(x, y).alpha() > 127);
                }
                QVERIFY2(others > 150, qPrintable(QStringLiteral("%1 and %2: %3").arg(i).arg(j).arg(others)));
            }
        }
    }

    void styleSheetHasNoTokenLeft_data() { themes(); }
    void styleSheetHasNoTokenLeft()
    {
        QFETCH(QString, name);
        QVERIFY(!Theme::load(name).styleSheet().contains(QLatin1Char('@')));
    }

    void everyIconStandsInEverySize()
    {
        Appearance::instance(); // the resources come with it
        std::map<QString, std::set<int>> sizes;
        for (QDirIterator it(QStringLiteral(":/sluice/icons")); it.hasNext();) {
            const QString path = it.next();
            const QString base = it.fileInfo().completeBaseName();
            const int size = base.mid(base.lastIndexOf(QLatin1Char('-')) + 1).toInt();
            const QImage image(path);
            QCOMPARE(image.size(), QSize(size, size));
            sizes[base.left(base.lastIndexOf(QLatin1Char('-')))].insert(size);
        }
        QVERIFY(sizes.size() > 10);
        for (const auto &[name, found] : sizes)
            QVERIFY2(name == QStringLiteral("sluice") || found == (std::set<int>{16, 20, 32, 40, 48, 60}),
                     qPrintable(name));
    }

    void settingsAreDeclaredOnceAndSurvive()
    {
        std::set<std::string> keys;
        for (const Setting *setting : Settings::all()) {
            QVERIFY2(keys.insert(setting->key).second, setting->key);
            QVERIFY2(*setting->help, setting->key);
        }
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("s.ini"));
        {
            Settings settings(file);
            QCOMPARE(settings.value(setting::showDetail).toBool(), true);
            settings.setValue(setting::showDetail, false);
            settings.setValue(setting::captureBudget, QStringLiteral("not a number"));
        }
        Settings again(file);
        QCOMPARE(again.value(setting::showDetail).toBool(), false);
        QCOMPARE(again.value(setting::captureBudget), setting::captureBudget.defaultValue);
    }
};

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
