#pragma once

#include "chain/ChainEditor.h"
#include "inspector/FormContext.h"
#include "inspector/InspectorPage.h"

class QLabel;
class QVBoxLayout;

namespace sluice {

class ParamForm;

/// A wire: what goes over it, what waits before its end and what becomes of it when that is too much, and which of the
/// wires from the same output is served first.
class WirePage : public InspectorPage
{
    Q_OBJECT

public:
    /// The wire is in the chain. The editor outlives it.
    WirePage(ChainEditor &editor, Wire wire, QWidget *parent);

    bool refresh() override;
    QWidget *firstField() const override;
    void nodeRenamed(const std::string &before, const std::string &after) override;

    const Wire &wire() const { return m_wire; }
    /// Null where nothing waits before the wire's end.
    ParamForm *form() const { return m_form; }

private:
    const Wire *find() const;
    std::vector<Wire> siblings() const;
    void apply(const QString &key, const QJsonValue &value);
    void showOrder();
    void serve(std::size_t index, int by);

    ChainEditor &m_editor;
    Wire m_wire;
    QLabel *m_title;
    ParamForm *m_form = nullptr;
    QLabel *m_whenFullWords = nullptr;
    QWidget *m_order;
    QVBoxLayout *m_orderLayout;
    std::vector<Wire> m_shownOrder;
};

} // namespace sluice
