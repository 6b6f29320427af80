#include "capture/Capture.h"
#include "capture/SampleRecords.h"
#include "capture/SeenValues.h"
#include "console/ExpressionHelp.h"
#include "console/FilterCandidates.h"
#include "format/Formatter.h"
#include "inspector/AddressEditor.h"
#include "inspector/CommentPage.h"
#include "inspector/ExpressionEditor.h"
#include "inspector/GroupEditor.h"
#include "inspector/KeptTextEditor.h"
#include "inspector/LineEditor.h"
#include "inspector/PathEditor.h"
#include "inspector/Quantity.h"
#include "inspector/RecordPreview.h"
#include "inspector/SecretEditor.h"
#include "inspector/TextEditor.h"
#include "inspector/TextListEditor.h"
#include "inspector/TextMapEditor.h"
#include "inspector/WirePage.h"
#include "look/Appearance.h"
#include "ui/InspectorFixture.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QJsonArray>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

using namespace sluice;
using namespace sluice::test;

namespace {

void everyType()
{
    QTest::addColumn<const NodeType *>("type");
    for (const NodeType *type : NodeRegistry::builtin().types())
        QTest::newRow(type->name().c_str()) << type;
}

/// A number that is allowed and not the default.
QJsonValue otherNumber(const ParamSpec &spec)
{
    for (const double number : {7.0, spec.minimum.value_or(3), spec.minimum.value_or(3) + 1}) {
        Problems problems;
        spec.check(number, "$", problems);
        if (problems.empty() && spec.defaultValue != QJsonValue(number))
            return number;
    }
    return {};
}

QByteArray where(const NodeType &type, const ParamSpec &spec) { return QByteArray::fromStdString(type.name() + "." + spec.key); }

} // namespace

/// What the inspector shows, and what becomes of what is typed into it.
class InspectorTest : public QObject
{
    Q_OBJECT

    /// Gives the field a value as a person does, by keys alone; returns that value.
    static QJsonValue enter(ParamField *field)
    {
        const ParamSpec &spec = field->spec();
        QWidget *widget = field->editor()->field();
        widget->setFocus();
        if (spec.secret) {
            QTest::keyClicks(widget, QStringLiteral("hunter2"));
            return QStringLiteral("hunter2");
        }
        switch (spec.type) {
        case ParamSpec::Type::Text:
        case ParamSpec::Type::Path:
            QTest::keyClicks(widget, QStringLiteral("abc"));
            return QStringLiteral("abc");
        case ParamSpec::Type::Integer:
        case ParamSpec::Type::Real: {
            const QJsonValue number = otherNumber(spec);
            QTest::keyClicks(widget, number.toVariant().toString());
            return number;
        }
        case ParamSpec::Type::Boolean:
            QTest::keyClick(widget, Qt::Key_Space);
            return !spec.defaultValue.toBool();
        case ParamSpec::Type::Choice: {
            auto *box = qobject_cast<QComboBox *>(widget);
            QTest::keyClick(widget, box->currentIndex() + 1 < box->count() ? Qt::Key_Down : Qt::Key_Up);
            return box->currentData().value<QJsonValue>();
        }
        case ParamSpec::Type::Level:
            QTest::keyClicks(widget, QStringLiteral("35"));
            return 35;
        case ParamSpec::Type::TextList:
            QTest::keyClicks(widget, QStringLiteral("a"));
            QTest::keyClick(widget, Qt::Key_Return);
            QTest::keyClicks(widget, QStringLiteral("b"));
            return QJsonArray{QStringLiteral("a"), QStringLiteral("b")};
        case ParamSpec::Type::TextMap:
            QTest::keyClicks(widget, QStringLiteral("k"));
            QTest::keyClick(widget, Qt::Key_Tab);
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("v"));
            return QJsonObject{{QStringLiteral("k"), QStringLiteral("v")}};
        case ParamSpec::Type::Address:
            QTest::keyClicks(widget, QStringLiteral("h"));
            QTest::keyClick(widget, Qt::Key_Tab);
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("99"));
            return QJsonArray{QStringLiteral("h"), 99};
        case ParamSpec::Type::Group:
            QTest::keyClick(widget, Qt::Key_Space);
            return QJsonObject();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() { Appearance::instance(); }

    void everyNodeHasAForm_data() { everyType(); }
    void everyNodeHasAForm()
    {
        QFETCH(const NodeType *, type);
        InspectorFixture f;
        NodePage *page = f.show(type->name());
        QVERIFY(page);
        QCOMPARE(page->form()->fields().size(), type->params().size());
        const auto check = [&](const ParamForm *form, const std::vector<ParamSpec> &specs, const auto &self) -> void {
            for (const ParamSpec &spec : specs) {
                const auto count = std::ranges::count(form->fields(), spec.key, [](const ParamField *field) { return field->spec().key; });
                QVERIFY2(count == 1, where(*type, spec).constData());
                ParamField *field = form->field(spec.key);
                QVERIFY2(InspectorFixture::texts(field).contains(QString::fromStdString(spec.help)), where(*type, spec).constData());
                QVERIFY2(!field->editor()->field()->accessibleName().isEmpty(), where(*type, spec).constData());
                if (auto *group = qobject_cast<GroupEditor *>(field->editor())) {
                    QTest::mouseClick(group->field(), Qt::LeftButton, {}, QPoint(8, group->field()->height() / 2));
                    QVERIFY2(group->form(), where(*type, spec).constData());
                    self(group->form(), spec.members, self);
                }
            }
        };
        check(page->form(), type->params(), check);
        // All that takes the focus has a name.
        for (const QWidget *widget : f.inspector.findChildren<QWidget *>()) {
            const bool isInList = widget->window() != &f.inspector;
            if (!isInList && widget->focusPolicy() & Qt::TabFocus && widget->isEnabled() && !widget->focusProxy())
                QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<const QAbstractButton *>(widget) || widget->objectName() == QLatin1String("inspectorScroll"),
                         widget->metaObject()->className());
        }
    }

    void whatIsTypedArrivesAndIsUndone_data() { everyType(); }
    void whatIsTypedArrivesAndIsUndone()
    {
        QFETCH(const NodeType *, type);
        InspectorFixture f;
        NodePage *page = f.show(type->name());
        QVERIFY(f.open());
        f.editor.setSaved();
        for (const ParamSpec &spec : type->params()) {
            ParamField *field = f.field(spec.key);
            const QJsonValue entered = enter(field);
            const QString key = QString::fromStdString(spec.key);
            QVERIFY2(f.params().value(key) == entered, where(*type, spec).constData());
            QVERIFY2(field->editor()->value() == entered, where(*type, spec).constData());
            for (const ParamSpec &member : spec.members) {
                ParamForm *form = qobject_cast<GroupEditor *>(field->editor())->form();
                const QJsonValue value = enter(form->field(member.key));
                QVERIFY2(f.params().value(key).toObject().value(QString::fromStdString(member.key)) == value, where(*type, member).constData());
            }
            // Each field is a step of its own, however many letters were typed; fields of two parts are two.
            int steps = 0;
            page->name()->setFocus();
            while (f.editor.isModified()) {
                f.editor.undo();
                ++steps;
            }
            const auto most = static_cast<int>(1 + spec.members.size() * 2);
            QVERIFY2(steps <= std::max(2, most), where(*type, spec).constData());
            QVERIFY2(!f.params().contains(key), where(*type, spec).constData());
            if (QLineEdit *line = InspectorFixture::line(field))
                QVERIFY2(line->text().isEmpty(), where(*type, spec).constData());
        }
    }

    void clearingAFieldSetsItBackToItsDefault()
    {
        InspectorFixture f;
        f.show("RotatingFileHandler", {{QStringLiteral("maxBytes"), 5'000'000}, {QStringLiteral("mode"), QStringLiteral("w")}});
        QVERIFY(f.open());
        ParamField *maxBytes = f.field("maxBytes");
        QCOMPARE(InspectorFixture::line(maxBytes)->text(), QStringLiteral("5 MB"));
        InspectorFixture::line(maxBytes)->setFocus();
        QTest::keyClick(InspectorFixture::line(maxBytes), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(InspectorFixture::line(maxBytes), Qt::Key_Delete);
        QVERIFY(!f.params().contains(QStringLiteral("maxBytes")));
        QCOMPARE(InspectorFixture::line(maxBytes)->placeholderText(), QStringLiteral("0"));
        ParamField *mode = f.field("mode");
        QVERIFY(mode->resetButton()->isVisible());
        QTest::mouseClick(mode->resetButton(), Qt::LeftButton);
        QVERIFY(!f.params().contains(QStringLiteral("mode")));
        QVERIFY(!mode->resetButton()->isVisible());
        f.editor.undo();
        QCOMPARE(f.params().value(QStringLiteral("mode")).toString(), QStringLiteral("w"));
    }

    void whatIsSetOrUsualIsNotFoldedAway()
    {
        InspectorFixture f;
        NodePage *page = f.show("SMTPHandler", {{QStringLiteral("maxHeld"), 7}});
        QVERIFY(f.open());
        QVERIFY(page->form()->moreButton());
        QVERIFY(page->form()->field("mailhost")->isVisible());
        QVERIFY(page->form()->field("maxHeld")->isVisible());
        QVERIFY(!page->form()->field("rateLimit")->isVisible());
        QTest::mouseClick(page->form()->moreButton(), Qt::LeftButton);
        QVERIFY(page->form()->field("rateLimit")->isVisible());
    }

    void problemsStandBesideTheirFields()
    {
        InspectorFixture f;
        NodePage *page = f.show("RotatingFileHandler");
        QVERIFY(f.open());
        ParamField *filename = f.field("filename");
        QTRY_VERIFY(filename->problem()->isVisible());
        QVERIFY(filename->problem()->text().contains(QStringLiteral("filename is needed")));
        f.type(filename, QStringLiteral("app.log"));
        QTRY_VERIFY(!filename->problem()->isVisible());
        ParamField *maxBytes = f.field("maxBytes");
        f.type(maxBytes, QStringLiteral("lots"));
        QTRY_VERIFY(maxBytes->problem()->isVisible());
        QVERIFY(maxBytes->problem()->text().contains(QStringLiteral("maxBytes must be a whole number")));
        QCOMPARE(f.params().value(QStringLiteral("maxBytes")).toString(), QStringLiteral("lots"));
        QVERIFY(!filename->problem()->isVisible());
        QVERIFY(!page->furtherProblems()->isVisible());
        f.editor.undo();
        QTRY_VERIFY(!maxBytes->problem()->isVisible());
        QCOMPARE(InspectorFixture::line(maxBytes)->text(), QString());
    }

    void problemsBetweenParametersAndInGroupsStandBesideTheirFields()
    {
        InspectorFixture f;
        f.show("HTTPHandler", {{QStringLiteral("host"), QStringLiteral("h")}, {QStringLiteral("url"), QStringLiteral("/")}, {QStringLiteral("gzip"), true},
                               {QStringLiteral("formatter"), QJsonObject{{QStringLiteral("format"), QStringLiteral("%(message")}}}});
        QVERIFY(f.open());
        QTRY_VERIFY(f.field("gzip")->problem()->isVisible());
        QVERIFY(f.field("gzip")->problem()->text().contains(QStringLiteral("POST")));
        auto *group = qobject_cast<GroupEditor *>(f.field("formatter")->editor());
        QVERIFY(group->form()->field("format")->problem()->isVisible());
        QVERIFY(!group->form()->field("datefmt")->problem()->isVisible());
    }

    void unknownKeysAreToldAndCanBeRemoved()
    {
        InspectorFixture f;
        NodePage *page = f.show("FileHandler", {{QStringLiteral("filename"), QStringLiteral("a")}, {QStringLiteral("filenam"), 1}});
        QVERIFY(f.open());
        QTRY_VERIFY(page->furtherProblems()->isVisible());
        QVERIFY(InspectorFixture::texts(page->furtherProblems()).filter(QStringLiteral("unknown key")).size() == 1);
        auto *remove = page->furtherProblems()->findChild<QToolButton *>();
        QVERIFY(remove);
        QTest::mouseClick(remove, Qt::LeftButton);
        QVERIFY(!f.params().contains(QStringLiteral("filenam")));
        QTRY_VERIFY(!page->furtherProblems()->isVisible());
        f.editor.undo();
        QCOMPARE(f.params().value(QStringLiteral("filenam")).toInt(), 1);
    }

    void undoFromElsewhereLeavesCursorAndFocus()
    {
        InspectorFixture f;
        f.show("FileHandler", {{QStringLiteral("filename"), QStringLiteral("first.log")}});
        QVERIFY(f.open());
        QLineEdit *line = InspectorFixture::line(f.field("filename"));
        line->setFocus();
        line->setCursorPosition(3);
        const std::string id = f.editor.chain().nodes().back().id;
        QVERIFY(f.editor.setParam(id, "mode", QStringLiteral("w")).ok());
        QVERIFY(f.editor.setParam(id, "filename", QStringLiteral("second.log")).ok());
        QCOMPARE(line->text(), QStringLiteral("second.log"));
        QCOMPARE(line->cursorPosition(), 3);
        f.editor.undo();
        QCOMPARE(line->text(), QStringLiteral("first.log"));
        QCOMPARE(line->cursorPosition(), 3);
        QVERIFY(line->hasFocus());
        f.editor.undo();
        QCOMPARE(qobject_cast<QComboBox *>(f.field("mode")->editor()->field())->currentIndex(), 0);
    }

    void typingTheDefaultDoesNotEmptyTheField()
    {
        InspectorFixture f;
        NodePage *page = f.show("SocketReceiver");
        QVERIFY(f.open());
        ParamField *port = f.field("port");
        f.type(port, QStringLiteral("9020"));
        QCOMPARE(InspectorFixture::line(port)->text(), QStringLiteral("9020"));
        QVERIFY(f.params().isEmpty());
        page->name()->setFocus();
        QCOMPARE(InspectorFixture::line(port)->text(), QString());
        QCOMPARE(InspectorFixture::line(port)->placeholderText(), QStringLiteral("9020"));
    }

    void secretsAreNeverShown()
    {
        InspectorFixture f;
        const QJsonObject credentials{{QStringLiteral("username"), QStringLiteral("me")}, {QStringLiteral("password"), QStringLiteral("swordfish")}};
        NodePage *page = f.show("SMTPHandler", {{QStringLiteral("credentials"), credentials}});
        QVERIFY(f.open());
        ParamField *password = qobject_cast<GroupEditor *>(f.field("credentials")->editor())->form()->field("password");
        const auto isShown = [&](const QString &secret) {
            return !InspectorFixture::texts(&f.inspector).filter(secret).isEmpty() ||
                   QString::fromStdString(f.editor.undoWords()).contains(secret);
        };
        QVERIFY(!isShown(QStringLiteral("swordfish")));
        QLineEdit *line = InspectorFixture::line(password);
        QCOMPARE(line->placeholderText(), QStringLiteral("kept, not shown"));
        f.type(password, QStringLiteral("hunter2"));
        QCOMPARE(line->displayText().contains(QStringLiteral("hunter2")), false);
        page->name()->setFocus();
        QVERIFY(!isShown(QStringLiteral("hunter2")));
        QCOMPARE(f.params().value(QStringLiteral("credentials")).toObject().value(QStringLiteral("password")).toString(), QStringLiteral("hunter2"));
        f.editor.undo();
        QVERIFY(!isShown(QStringLiteral("swordfish")));
        // A reference is no secret.
        auto *editor = qobject_cast<SecretEditor *>(password->editor());
        editor->place()->setFocus();
        QTest::keyClick(editor->place(), Qt::Key_Down);
        QTest::keyClicks(line, QStringLiteral("MAIL_PASSWORD"));
        QCOMPARE(f.params().value(QStringLiteral("credentials")).toObject().value(QStringLiteral("password")).toString(),
                 QStringLiteral("${env:MAIL_PASSWORD}"));
        page->name()->setFocus();
        QCOMPARE(line->text(), QStringLiteral("MAIL_PASSWORD"));
    }

    void secretsOfAMapAreNeverShown()
    {
        InspectorFixture f;
        const QString params = QStringLiteral("headers");
        NodePage *page = f.show("HTTPHandler", {{params, QJsonObject{{QStringLiteral("Authorization"), QStringLiteral("Bearer swordfish")},
                                                                     {QStringLiteral("X-Team"), QStringLiteral("logs")}}}});
        QVERIFY(f.open());
        auto *map = qobject_cast<TextMapEditor *>(f.field("headers")->editor());
        const auto isShown = [&](const QString &secret) {
            return !InspectorFixture::texts(&f.inspector).filter(secret).isEmpty() || QString::fromStdString(f.editor.undoWords()).contains(secret);
        };
        const auto header = [&](const char *name) { return f.params().value(params).toObject().value(QLatin1String(name)).toString(); };
        QVERIFY(!isShown(QStringLiteral("swordfish")));
        QCOMPARE(map->text(0)->placeholderText(), QStringLiteral("kept, not shown"));
        QCOMPARE(map->text(1)->text(), QStringLiteral("logs"));
        QVERIFY(map->note()->isVisible());
        // What is beside it can be changed meanwhile.
        map->text(1)->setFocus();
        QTest::keyClicks(map->text(1), QStringLiteral("2"));
        QCOMPARE(header("Authorization"), QStringLiteral("Bearer swordfish"));
        QCOMPARE(header("X-Team"), QStringLiteral("logs2"));
        // Under another name it would be shown: it is gone instead.
        map->name(0)->setFocus();
        QTest::keyClicks(map->name(0), QStringLiteral("x"));
        QVERIFY(f.params().value(params).toObject().contains(QStringLiteral("Authorizationx")));
        QCOMPARE(header("Authorizationx"), QString());
        QTest::keyClick(map->name(0), Qt::Key_Backspace);
        QCOMPARE(header("Authorization"), QStringLiteral("Bearer swordfish"));
        // Another is typed, unseen.
        map->text(0)->setFocus();
        QTest::keyClicks(map->text(0), QStringLiteral("hunter2"));
        QCOMPARE(map->text(0)->echoMode(), QLineEdit::Password);
        QVERIFY(!map->text(0)->displayText().contains(QStringLiteral("hunter2")));
        QCOMPARE(header("Authorization"), QStringLiteral("hunter2"));
        page->name()->setFocus();
        QVERIFY(!isShown(QStringLiteral("hunter2")));
        f.editor.undo();
        QVERIFY(!isShown(QStringLiteral("swordfish")) && !isShown(QStringLiteral("hunter2")));
        // A reference is no secret.
        map->text(0)->setFocus();
        QTest::keyClicks(map->text(0), QStringLiteral("${env:TOKEN}"));
        page->name()->setFocus();
        QCOMPARE(header("Authorization"), QStringLiteral("${env:TOKEN}"));
        QCOMPARE(map->text(0)->displayText(), QStringLiteral("${env:TOKEN}"));
        QVERIFY(!map->note()->isVisible());
    }

    void secretsOfAPartOfAPythonConfigurationAreNeverShown()
    {
        InspectorFixture f;
        const QString config = QStringLiteral("{'handlers':{'h':{'class':'shop.H','password':'cod\\\\fish','path':'p','token':'hunter2'}}}").replace(u'\'', u'"');
        NodePage *page = f.show("Unsupported", {{QStringLiteral("config"), config}});
        QVERIFY(f.open());
        ParamField *field = f.field("config");
        auto *editor = qobject_cast<KeptTextEditor *>(field->editor());
        QLineEdit *line = InspectorFixture::line(field);
        const auto isShown = [&](const QString &secret) {
            return !InspectorFixture::texts(&f.inspector).filter(secret).isEmpty() || QString::fromStdString(f.editor.undoWords()).contains(secret);
        };
        const auto now = [&] { return f.params().value(QStringLiteral("config")).toString(); };
        const QString dots(8, QChar(0x2022));
        QVERIFY(!isShown(QStringLiteral("fish")) && !isShown(QStringLiteral("hunter2")));
        QVERIFY2(line->text().contains(QStringLiteral("\"password\":\"") + dots + QStringLiteral("\"")), qPrintable(line->text()));
        QVERIFY(line->text().contains(QStringLiteral("\"token\":\"") + dots + QStringLiteral("2\"")));
        QVERIFY(editor->note()->isVisible());
        // What is beside them can be changed meanwhile, and be no JSON for a while.
        line->setFocus();
        line->setCursorPosition(static_cast<int>(line->text().indexOf(QStringLiteral("\"p\""))) + 3);
        QTest::keyClick(line, Qt::Key_Backspace);
        QTest::keyClicks(line, QStringLiteral("ath\""));
        QCOMPARE(now(), QString(config).replace(QStringLiteral("\"p\""), QStringLiteral("\"path\"")));
        // Another is typed over one.
        line->setSelection(static_cast<int>(line->text().indexOf(dots)), static_cast<int>(dots.size()));
        QTest::keyClicks(line, QStringLiteral("sesame"));
        QVERIFY(now().contains(QStringLiteral("\"password\":\"sesame\"")) && now().contains(QStringLiteral("\"token\":\"hunter2\"")));
        page->name()->setFocus();
        QVERIFY(!isShown(QStringLiteral("sesame")) && !isShown(QStringLiteral("hunter2")));
        QVERIFY(now().contains(QStringLiteral("\"password\":\"sesame\"")));
        f.editor.undo();
        QVERIFY(!isShown(QStringLiteral("fish")) && !isShown(QStringLiteral("hunter2")));
        // A reference is no secret.
        f.show("Unsupported", {{QStringLiteral("config"), QString(config).replace(QStringLiteral("hunter2"), QStringLiteral("${env:T}")).replace(QStringLiteral("\"password\""), QStringLiteral("\"x\""))}});
        QVERIFY(isShown(QStringLiteral("${env:T}")));
        QVERIFY(!qobject_cast<KeptTextEditor *>(f.field("config")->editor())->note()->isVisible());
    }

    void filesAreAddedToAListAndPatternsTyped()
    {
        InspectorFixture f({[] { return QStringLiteral("/project"); }, {}, {}});
        f.show("FileReceiver");
        QVERIFY(f.open());
        ParamField *paths = f.field("paths");
        auto *list = qobject_cast<TextListEditor *>(paths->editor());
        QVERIFY(list->browseButton()->isVisible());
        f.type(paths, QStringLiteral("logs/*.log"));
        list->add({QStringLiteral("/project/app.log"), QStringLiteral("/var/log/odd[1].log"), QStringLiteral("/project/app.log")});
        QCOMPARE(f.params().value(QStringLiteral("paths")).toArray(),
                 (QJsonArray{QStringLiteral("logs/*.log"), QStringLiteral("app.log"), QStringLiteral("/var/log/odd[[]1].log")}));
        // Several at once, in a dialog.
        QTest::mouseClick(list->browseButton(), Qt::LeftButton);
        auto *dialog = list->findChild<QFileDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFiles);
        Q_EMIT dialog->filesSelected({QStringLiteral("/project/b.log"), QStringLiteral("/project/c.log")});
        QCOMPARE(f.params().value(QStringLiteral("paths")).toArray().size(), 5);
        dialog->close();
        // Texts that are no files have none.
        f.show("SMTPHandler");
        QVERIFY(!qobject_cast<TextListEditor *>(f.field("toaddrs")->editor())->browseButton());
    }

    void expressionsAreCompletedAsInAView()
    {
        const auto capture = std::make_shared<Capture>();
        auto batch = std::make_shared<LogRecordBatch>();
        addRecord(*batch, "app.db", level::Error, "the disk is full");
        addRecord(*batch, "app.web", level::Info, "hello");
        capture->append(pointers(*batch));
        InspectorFixture f({{}, {}, [&](std::function<void()> waker) { return std::make_shared<SeenValues>(capture, std::move(waker)); }});
        NodePage *page = f.show("ExpressionFilter");
        QVERIFY(f.open());
        ParamField *field = f.field("expression");
        FilterPopup *popup = qobject_cast<ExpressionEditor *>(field->editor())->help()->popup();
        QLineEdit *line = InspectorFixture::line(field);
        const auto value = [&] { return f.params().value(QStringLiteral("expression")).toString(); };
        f.type(field, QStringLiteral("logg"));
        QVERIFY(popup->isListOpen());
        QTest::keyClick(line, Qt::Key_Tab);
        QVERIFY(line->hasFocus());
        QCOMPARE(line->text(), QStringLiteral("logger "));
        QCOMPARE(value(), QStringLiteral("logger "));
        QVERIFY(popup->isListOpen()); // its operators
        QTest::keyClicks(line, QStringLiteral("== "));
        QTRY_VERIFY(popup->isListOpen() && popup->candidates()->rowCount() >= 2);
        QVERIFY(popup->problem().contains(QStringLiteral("missing"))); // the list covers the form's own words
        QTest::keyClicks(line, QStringLiteral("app.d"));
        QTRY_VERIFY(popup->isListOpen() && popup->candidates()->candidate(0).text == "app.db");
        QTest::keyClick(line, Qt::Key_Down);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(value().trimmed(), QStringLiteral("logger == app.db"));
        // Esc closes the list alone.
        QTest::keyClicks(line, QStringLiteral(" and lev"));
        QVERIFY(popup->isListOpen());
        QTest::keyClick(line, Qt::Key_Escape);
        QVERIFY(!popup->isListOpen() && !popup->isVisible());
        QVERIFY(line->hasFocus());
        QTest::keyClick(line, Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(popup->isListOpen());
        // The form says below what is wrong, once the list is gone.
        QTest::keyClicks(line, QStringLiteral("el >= ("));
        page->name()->setFocus();
        QVERIFY(!popup->isVisible());
        QTRY_VERIFY(field->problem()->isVisible());
    }

    void previewIsWhatTheFormatterGives_data()
    {
        QTest::addColumn<QString>("style");
        QTest::addColumn<QString>("format");
        QTest::newRow("percent") << QStringLiteral("%") << QStringLiteral("%(asctime)s %(levelname)-8s %(name)s: %(message)s");
        QTest::newRow("brace") << QStringLiteral("{") << QStringLiteral("{asctime} {levelname:>8} {lineno:05d} {message}");
        QTest::newRow("dollar") << QStringLiteral("$") << QStringLiteral("$asctime [${levelname}] $message");
    }
    void previewIsWhatTheFormatterGives()
    {
        QFETCH(QString, style);
        QFETCH(QString, format);
        auto batch = std::make_shared<LogRecordBatch>();
        addRecord(*batch, "app.db", level::Error, "the disk is full");
        InspectorFixture f({{}, [&] { return LogRecordBatchPtr(batch); }, {}});
        f.show("StreamHandler", {{QStringLiteral("formatter"), QJsonObject{{QStringLiteral("style"), style}}}});
        QVERIFY(f.open());
        ParamField *field = f.field("formatter");
        ParamForm *form = qobject_cast<GroupEditor *>(field->editor())->form();
        f.type(form->field("format"), format);
        f.type(form->field("datefmt"), QStringLiteral("%H:%M:%S"));
        Formatter::Options options;
        options.format = format.toStdString();
        options.datefmt = "%H:%M:%S";
        options.style = style == QLatin1String("%") ? Formatter::Style::Percent
                        : style == QLatin1String("{") ? Formatter::Style::Brace
                                                      : Formatter::Style::Dollar;
        const auto formatter = Formatter::create(options);
        QVERIFY(formatter.ok());
        std::string expected;
        QVERIFY((*formatter)->format(batch->records().back(), expected).ok());
        QVERIFY(field->preview()->isVisible());
        QCOMPARE(field->preview()->text()->text(), QString::fromStdString(expected));
        // A format that is none has no preview, and says why beside its field.
        InspectorFixture::line(form->field("format"))->clear();
        f.type(form->field("format"), style == QLatin1String("{") ? QStringLiteral("{") : style + QStringLiteral("(nothing"));
        QVERIFY(!field->preview()->isVisible() || field->preview()->text()->property("problem").toBool());
    }

    void severalNodesAreSetInOneStep()
    {
        InspectorFixture f;
        const std::string file = f.add("FileHandler", {{QStringLiteral("filename"), QStringLiteral("a")}, {QStringLiteral("level"), QStringLiteral("ERROR")}});
        const std::string mail = f.add("SMTPHandler");
        f.editor.setSaved();
        f.inspector.showItems({QString::fromStdString(file), QString::fromStdString(mail)});
        QVERIFY(f.open());
        QVERIFY(!f.field("filename"));
        ParamField *level = f.field("level");
        QVERIFY(level->editor()->isMixed());
        QCOMPARE(InspectorFixture::line(level)->placeholderText(), QStringLiteral("different"));
        f.type(level, QStringLiteral("critical"));
        for (const std::string &id : {file, mail})
            QCOMPARE(f.editor.chain().node(id)->params.value(QStringLiteral("level")).toString(), QStringLiteral("CRITICAL"));
        f.editor.undo();
        QVERIFY(!f.editor.isModified());
        QVERIFY(level->editor()->isMixed());
    }

    void aNodeIsRenamedUnlessItsNameIsTaken()
    {
        InspectorFixture f;
        f.add("NullHandler", {}, "other");
        NodePage *page = f.show("FileHandler");
        QVERIFY(f.open());
        page->name()->setFocus();
        page->name()->selectAll();
        QTest::keyClicks(page->name(), QStringLiteral("other"));
        QTest::keyClick(page->name(), Qt::Key_Return);
        QVERIFY(page->nameProblem()->isVisible());
        QVERIFY(page->nameProblem()->text().contains(QStringLiteral("taken")));
        page->name()->selectAll();
        QTest::keyClicks(page->name(), QStringLiteral("errors.log"));
        QTest::keyClick(page->name(), Qt::Key_Return);
        QVERIFY(!page->nameProblem()->isVisible());
        QVERIFY(f.editor.chain().node("errors.log"));
        QCOMPARE(f.inspector.page(), page);
        f.type(f.field("filename"), QStringLiteral("e"));
        QCOMPARE(f.editor.chain().node("errors.log")->params.value(QStringLiteral("filename")).toString(), QStringLiteral("e"));
        f.editor.undo();
        f.editor.undo();
        QCOMPARE(page->name()->text(), QStringLiteral("FileHandler"));
    }

    void aNodeThatIsGoneIsShownNoLonger()
    {
        InspectorFixture f;
        f.show("FileHandler");
        QVERIFY(f.open());
        QVERIFY(!f.inspector.hint()->isVisible());
        QVERIFY(f.editor.remove({"FileHandler"}).ok());
        QVERIFY(!f.inspector.page());
        QVERIFY(f.inspector.hint()->isVisible() && !f.inspector.hint()->text().isEmpty());
    }

    void aWiresQueueIsSetWhereItsEndWaits()
    {
        InspectorFixture f;
        f.add("SocketReceiver", {}, "app");
        f.add("SMTPHandler", {}, "mail");
        f.add("FileHandler", {}, "file");
        const Wire toFile{"app", "out", "file", {}, {}};
        const Wire toMail{"app", "out", "mail", {}, {}};
        QVERIFY(f.editor.connect(toFile).ok() && f.editor.connect(toMail).ok());
        f.inspector.showWire(toFile);
        QVERIFY(f.open());
        QVERIFY(!qobject_cast<WirePage *>(f.inspector.page())->form());
        f.inspector.showWire(toMail);
        auto *page = qobject_cast<WirePage *>(f.inspector.page());
        QVERIFY(page->form());
        ParamField *queue = page->form()->field("queue");
        f.type(queue, QStringLiteral("500"));
        QCOMPARE(f.editor.chain().wires()[1].queue, std::optional<std::size_t>(500));
        f.type(queue, QStringLiteral("x"));
        QVERIFY(queue->problem()->isVisible());
        QCOMPARE(f.editor.chain().wires()[1].queue, std::optional<std::size_t>(500));
        ParamField *whenFull = page->form()->field("whenFull");
        whenFull->editor()->field()->setFocus();
        QTest::keyClick(whenFull->editor()->field(), Qt::Key_Down);
        QCOMPARE(f.editor.chain().wires()[1].whenFull, std::optional(WhenFull::DropNewest));
        QVERIFY(!InspectorFixture::texts(page).filter(QStringLiteral("what led to the trouble gets out")).isEmpty());

        // The second is served first.
        QToolButton *earlier = nullptr;
        for (auto *button : page->findChildren<QToolButton *>()) {
            if (button->accessibleName() == QLatin1String("Serve mail earlier"))
                earlier = button;
        }
        QVERIFY(earlier && earlier->isEnabled());
        QTest::mouseClick(earlier, Qt::LeftButton);
        QCOMPARE(f.editor.chain().wires()[0].to, std::string("mail"));
        QCOMPARE(f.inspector.page(), page);
        f.editor.undo();
        QCOMPARE(f.editor.chain().wires()[0].to, std::string("file"));
    }

    void aCommentIsWritten()
    {
        InspectorFixture f;
        const std::string id = f.editor.addComment({{}, "Before", 0, 0});
        f.inspector.showItems({QString::fromStdString(id)});
        QVERIFY(f.open());
        auto *page = qobject_cast<CommentPage *>(f.inspector.page());
        QVERIFY(page);
        page->text()->setFocus();
        page->text()->selectAll();
        QTest::keyClicks(page->text(), QStringLiteral("After"));
        QCOMPARE(f.editor.chain().comments()[0].text, std::string("After"));
        f.editor.undo();
        QCOMPARE(page->text()->toPlainText(), QStringLiteral("Before"));
    }

    void pathsInTheProjectsFolderAreKeptRelative()
    {
        InspectorFixture f({[] { return QStringLiteral("/srv/project"); }, {}, {}});
        f.show("FileHandler");
        QVERIFY(f.open());
        auto *path = qobject_cast<PathEditor *>(f.field("filename")->editor());
        path->choose(QStringLiteral("/srv/project/logs/app.log"));
        QCOMPARE(f.params().value(QStringLiteral("filename")).toString(), QStringLiteral("logs/app.log"));
        path->choose(QStringLiteral("/var/log/app.log"));
        QCOMPARE(f.params().value(QStringLiteral("filename")).toString(), QStringLiteral("/var/log/app.log"));
    }

    void aWrongExpressionIsToldBelowItsField()
    {
        InspectorFixture f;
        f.show("ExpressionFilter");
        QVERIFY(f.open());
        ParamField *expression = f.field("expression");
        f.type(expression, QStringLiteral("level >="));
        QTRY_VERIFY(expression->problem()->isVisible());
        QVERIFY(expression->problem()->text().contains(QStringLiteral("at character 9")));
        QTest::keyClicks(InspectorFixture::line(expression), QStringLiteral(" ERROR"));
        QTRY_VERIFY(!expression->problem()->isVisible());
    }

    void usualValuesAreOffered()
    {
        InspectorFixture f;
        f.show("TimedRotatingFileHandler");
        QVERIFY(f.open());
        auto *when = qobject_cast<LineEditor *>(f.field("when")->editor());
        QVERIFY(when && when->menu());
        const QList<QAction *> actions = when->menu()->actions();
        const auto monday = std::ranges::find_if(actions, [](const QAction *action) { return action->text().contains(QStringLiteral("Mondays")); });
        QVERIFY(monday != actions.end());
        (*monday)->trigger();
        QCOMPARE(f.params().value(QStringLiteral("when")).toString(), QStringLiteral("W0"));
        // Line ends are written so that they can be seen.
        auto *terminator = qobject_cast<LineEditor *>(f.field("terminator")->editor());
        f.type(f.field("terminator"), QStringLiteral("\\r\\n"));
        QCOMPARE(f.params().value(QStringLiteral("terminator")).toString(), QStringLiteral("\r\n"));
        QCOMPARE(terminator->line()->text(), QStringLiteral("\\r\\n"));
        QCOMPARE(unescapedText(escapedText(QStringLiteral("a\\b\tc\x01\n"))), QStringLiteral("a\\b\tc\x01\n"));
    }

    void quantitiesAreReadableAndExact_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<QByteArray>("unit");
        QTest::addColumn<QString>("text");
        const auto row = [](double number, const char *unit, const char *text) {
            QTest::addRow("%s %s", text, unit) << number << QByteArray(unit) << QString::fromLatin1(text);
        };
        row(0, "bytes", "0");
        row(5'000'000, "bytes", "5 MB");
        row(5 * 1024 * 1024, "bytes", "5 MiB");
        row(4096, "bytes", "4 KiB");
        row(1'234'567, "bytes", "1234567 B");
        row(1'500'000, "bytes", "1.5 MB");
        row(0.25, "s", "250 ms");
        row(0.001, "s", "1 ms");
        row(1, "s", "1 s");
        row(90, "s", "1 min 30 s");
        row(86400, "s", "1 d");
        row(5400, "seconds", "1 h 30 min");
        row(1.5, "s", "1.5 s");
        row(0, "s", "0");
        row(10'000, "records", "10000");
        row(2.5, "", "2.5");
    }
    void quantitiesAreReadableAndExact()
    {
        QFETCH(double, number);
        QFETCH(QByteArray, unit);
        QFETCH(QString, text);
        QCOMPARE(quantity::print(number, unit.toStdString()), text);
        const std::optional<double> read = quantity::parse(text, unit.toStdString());
        QVERIFY(read);
        QVERIFY(*read == number);
    }

    void quantitiesAreReadAsPeopleWriteThem()
    {
        QCOMPARE(quantity::parse(QStringLiteral("5mb"), "bytes"), std::optional(5e6));
        QCOMPARE(quantity::parse(QStringLiteral("2 min"), "s"), std::optional(120.0));
        QCOMPARE(quantity::parse(QStringLiteral("1h30m"), "s"), std::optional(5400.0));
        QCOMPARE(quantity::parse(QStringLiteral("7 records"), "records"), std::optional(7.0));
        for (const char *text : {"", "lots", "5 parsecs", "1e999", "-", "5 5x", "\xC2\xB5"})
            QVERIFY2(!quantity::parse(QString::fromUtf8(text), "s"), text);
    }
};

QTEST_MAIN(InspectorTest)
#include "InspectorTest.moc"
