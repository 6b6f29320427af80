#pragma once

#include "chain/NodeRegistry.h"
#include "inspector/Inspector.h"
#include "inspector/NodePage.h"
#include "inspector/ParamField.h"
#include "inspector/ParamForm.h"
#include "support/Patience.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

#include <memory>

namespace sluice::test {

/// An inspector in a window of its own, over a chain that the test makes.
struct InspectorFixture
{
    explicit InspectorFixture(FormContext context = {}) : inspector(editor, std::move(context)) {}

    bool open()
    {
        inspector.resize(320, 800);
        inspector.show();
        if (!QTest::qWaitForWindowExposed(&inspector, test::patience))
            return false;
        inspector.activateWindow();
        return QTest::qWaitForWindowActive(&inspector, test::patience);
    }

    std::string add(const std::string &type, const QJsonObject &params = {}, const std::string &id = {})
    {
        return *editor.addNode({id, NodeRegistry::builtin().find(type), params, 0, 0});
    }

    /// Adds a node and shows it.
    NodePage *show(const std::string &type, const QJsonObject &params = {})
    {
        inspector.showItems({QString::fromStdString(add(type, params))});
        return page();
    }

    NodePage *page() const { return qobject_cast<NodePage *>(inspector.page()); }
    const QJsonObject &params() const { return editor.chain().nodes().back().params; }

    /// The field of a parameter, in sight.
    ParamField *field(std::string_view key) const
    {
        ParamForm *form = page()->form();
        if (form->moreButton())
            form->moreButton()->setChecked(true);
        return form->field(key);
    }

    void type(ParamField *field, const QString &text)
    {
        field->editor()->field()->setFocus();
        QTest::keyClicks(field->editor()->field(), text);
    }

    static QLineEdit *line(ParamField *field) { return qobject_cast<QLineEdit *>(field->editor()->field()); }

    /// All texts that any widget below has, shown or not.
    static QStringList texts(const QWidget *root)
    {
        QStringList texts;
        for (const QWidget *widget : root->findChildren<QWidget *>()) {
            texts << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
            if (const auto *line = qobject_cast<const QLineEdit *>(widget))
                texts << line->text() << line->displayText() << line->placeholderText();
            if (const auto *label = qobject_cast<const QLabel *>(widget))
                texts << label->text();
            if (const auto *edit = qobject_cast<const QPlainTextEdit *>(widget))
                texts << edit->toPlainText();
            if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
                texts << button->text();
            if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
                for (int i = 0; i < box->count(); ++i)
                    texts << box->itemText(i);
            }
        }
        return texts;
    }

    ChainEditor editor;
    Inspector inspector;
};

} // namespace sluice::test
