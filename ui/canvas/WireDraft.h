#pragma once

#include "canvas/ChainScene.h"

#include <QPointF>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// A wire that is being drawn, by mouse or keyboard: where it comes from, where it may lead, what it aims at, and why
/// not. For the UI thread; the chain does not change while it lives.
class WireDraft
{
public:
    WireDraft(const ChainScene &scene, ChainScene::Port begin);

    const ChainScene::Port &begin() const { return m_begin; }
    /// From an input back to an output.
    bool isBackwards() const { return m_begin.output.empty(); }
    QPointF beginPoint() const;
    QPointF endPoint() const { return m_end; }

    /// All wires that it may become.
    const std::vector<Wire> &possible() const { return m_possible; }
    /// Whether it may lead to that node, or come from it.
    bool mayReach(const std::string &node) const;

    /// To what stands at a point, or near it.
    void aimAt(const QPointF &point);
    void aimAt(const Wire &wire);
    /// What it will become; none if it aims at nothing that is possible.
    const std::optional<Wire> &aim() const { return m_aim; }
    /// Why what it points at is not possible; empty if it is, or if it points at nothing.
    const QString &why() const { return m_why; }

private:
    const ChainScene *m_scene;
    ChainScene::Port m_begin;
    std::vector<Wire> m_possible;
    QPointF m_end;
    std::optional<Wire> m_aim;
    QString m_why;
};

} // namespace sluice
