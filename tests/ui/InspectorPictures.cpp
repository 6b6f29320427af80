// Leaves a picture of the inspector for a few nodes, light and dark, as wide as it usually is:
//   InspectorPictures DIR [TYPE …]
#include "inspector/GroupEditor.h"
#include "inspector/NodePage.h"
#include "inspector/WirePage.h"
#include "look/Appearance.h"
#include "ui/InspectorFixture.h"

#include <QCheckBox>
#include <QDir>
#include <QJsonArray>

using namespace sluice;
using namespace sluice::test;

namespace {

QJsonObject exampleOf(const std::string &type)
{
    const auto text = [](const char *utf8) { return QJsonValue(QString::fromUtf8(utf8)); };
    const QJsonObject formatter{{QStringLiteral("format"), text("%(asctime)s %(levelname)s %(name)s: %(message)s")}};
    if (type == "SMTPHandler") {
        return {{QStringLiteral("mailhost"), QJsonArray{text("mail.example.org"), 587}}, {QStringLiteral("fromaddr"), text("shop@example.org")},
                {QStringLiteral("toaddrs"), QJsonArray{text("ops@example.org"), text("night-shift@example.org")}}, {QStringLiteral("subject"), text("The shop has an error")},
                {QStringLiteral("credentials"), QJsonObject{{QStringLiteral("username"), text("shop")}, {QStringLiteral("password"), text("typed")}}}};
    }
    if (type == "TimedRotatingFileHandler") {
        return {{QStringLiteral("filename"), text("logs/app.log")}, {QStringLiteral("when"), text("midnight")}, {QStringLiteral("backupCount"), 7},
                {QStringLiteral("maxBytes"), text("many")}, {QStringLiteral("formatter"), formatter}};
    }
    if (type == "Unsupported")
        return {{QStringLiteral("config"), text("{\"handlers\":{\"own\":{\"token\":\"typed\",\"class\":\"shop.Handler\"}}}")}, {QStringLiteral("reason"), text("The handler is made by \"shop.Handler\", code of its own.")}};
    return {};
}

void save(InspectorFixture &f, const QString &path)
{
    QTest::qWait(400);
    f.inspector.resize(320, 600);
    if (InspectorPage *page = f.inspector.page())
        f.inspector.resize(320, qBound(300, page->heightForWidth(320) + 60, 1500));
    QTest::qWait(100);
    f.inspector.grab().save(path);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList words = application.arguments();
    if (words.size() < 2)
        return 2;
    const QDir out(words[1]);
    QStringList types = words.mid(2);
    if (types.isEmpty()) {
        for (const char *type : {"SMTPHandler", "TimedRotatingFileHandler", "SysLogHandler", "ExpressionFilter", "HTTPHandler", "SocketReceiver", "FileReceiver", "ProgramReceiver", "Logger", "Unsupported"})
            types.append(QLatin1String(type));
    }
    for (const Appearance::Mode mode : {Appearance::Mode::Light, Appearance::Mode::Dark}) {
        Appearance::instance().setMode(mode);
        const QString theme = Appearance::nameOf(mode);
        for (const QString &type : types) {
            InspectorFixture f;
            NodePage *page = f.show(type.toStdString(), exampleOf(type.toStdString()));
            f.inspector.show();
            save(f, out.filePath(theme + QLatin1Char('-') + type + QStringLiteral(".png")));
            if (page->form()->moreButton() && (type.startsWith(QLatin1Char('S')) || type.startsWith(QLatin1Char('T')))) {
                page->form()->moreButton()->setChecked(true);
                save(f, out.filePath(theme + QLatin1Char('-') + type + QStringLiteral("-more.png")));
            }
        }
        InspectorFixture f;
        f.add("SocketReceiver", {}, "app");
        f.add("SMTPHandler", {}, "mail");
        f.add("FileHandler", {}, "app.log");
        const Wire wire{"app", "out", "mail", 500, WhenFull::DropOldest};
        if (!f.editor.connect({"app", "out", "app.log", {}, {}}).ok() || !f.editor.connect(wire).ok())
            return 1;
        f.inspector.show();
        f.inspector.showItems({});
        save(f, out.filePath(theme + QStringLiteral("-nothing.png")));
        f.inspector.showWire(wire);
        save(f, out.filePath(theme + QStringLiteral("-wire.png")));
        f.inspector.showItems({QStringLiteral("mail"), QStringLiteral("app.log")});
        save(f, out.filePath(theme + QStringLiteral("-several.png")));
    }
    return 0;
}
