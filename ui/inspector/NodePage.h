#pragma once

#include "chain/ChainEditor.h"
#include "inspector/FormContext.h"
#include "inspector/InspectorPage.h"

#include <QTimer>

#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace sluice {

class GuaranteePanel;
class ParamForm;

/// One node: its name, what it is and will do, its parameters, what is wrong with it. Or several: the parameters that all of
/// them have.
class NodePage : public InspectorPage
{
    Q_OBJECT

public:
    /// There is at least one id, and all are nodes of the chain. The editor outlives it.
    NodePage(ChainEditor &editor, const FormContext &context, std::vector<std::string> ids, QWidget *parent);

    bool refresh() override;
    QWidget *firstField() const override;
    void nodeRenamed(const std::string &before, const std::string &after) override;

    ParamForm *form() const { return m_form; }
    /// Null for several nodes.
    QLineEdit *name() const { return m_name; }
    QLabel *nameProblem() const { return m_nameProblem; }
    const std::vector<std::string> &ids() const { return m_ids; }
    /// What is wrong that no field is there for.
    QWidget *furtherProblems() const { return m_further; }
    /// What failures would cost on the routes through the node; null for several nodes.
    GuaranteePanel *guarantee() const { return m_guarantee; }

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void buildHead(QVBoxLayout &layout);
    void rename();
    void apply(const QString &key, const QJsonValue &value);
    void check();
    void showFurther(const Problems &problems);
    std::vector<QJsonObject> values() const;
    std::vector<const ParamSpec *> commonSpecs() const;

    ChainEditor &m_editor;
    std::vector<std::string> m_ids;
    QLineEdit *m_name = nullptr;
    QLabel *m_nameProblem;
    QLabel *m_words;
    QWidget *m_further;
    QVBoxLayout *m_furtherLayout;
    ParamForm *m_form;
    GuaranteePanel *m_guarantee = nullptr;
    QTimer m_checkSoon;
    Problems m_shownFurther;
};

} // namespace sluice
