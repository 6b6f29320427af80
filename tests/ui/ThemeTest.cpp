#include "shell/Appearance.h"
#include "shell/Settings.h"

#include <QDirIterator>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace sluice;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2's contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

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
