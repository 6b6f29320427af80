// A chain of 500 nodes on the canvas: how long a frame takes while it is panned and zoomed. Each frame is painted whole and handed to
// the window system before the next is begun. Prints lines "name value" for tests/bench/canvas.
#include "canvas/ChainCanvas.h"
#include "chain/ChainLayout.h"
#include "chain/NodeRegistry.h"
#include "look/Appearance.h"

#include <QApplication>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <vector>

using namespace sluice;

namespace {

constexpr int nodeCount = 500;
constexpr int frames = 300;

double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Chain largeChain()
{
    const char *types[] = {"SocketReceiver", "Filter", "Filter", "Logger", "FileHandler", "MemoryHandler", "SMTPHandler", "TimedRotatingFileHandler"};
    std::mt19937 random(7);
    ChainEditor editor;
    for (int i = 0; i < nodeCount; ++i) {
        ChainNode node;
        node.id = "node " + std::to_string(i);
        node.type = NodeRegistry::builtin().find(types[random() % std::size(types)]);
        (void)editor.addNode(std::move(node));
    }
    for (int i = 0; i < 4 * nodeCount && editor.chain().wires().size() < 800; ++i) {
        const ChainNode &from = editor.chain().nodes()[random() % nodeCount];
        const ChainNode &to = editor.chain().nodes()[random() % nodeCount];
        if (!from.type->outputs().empty())
            (void)editor.connect({from.id, from.type->outputs().front().name, to.id, {}, {}});
    }
    Chain chain = editor.chain();
    ChainLayout::placeUnplaced(chain);
    return chain;
}

void print(const char *name, std::vector<double> &times)
{
    double sum = 0;
    for (const double time : times)
        sum += time;
    std::ranges::sort(times);
    std::printf("%s-mean-ms %.3f\n%s-p99-ms %.3f\n", name, sum / static_cast<double>(times.size()), name,
                times[static_cast<std::size_t>(0.99 * static_cast<double>(times.size() - 1))]);
    std::fflush(stdout);
}

template <typename Step>
void measure(const char *name, ChainCanvas &canvas, Step step)
{
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        const double began = now();
        step(i);
        canvas.repaint();
        times.push_back(now() - began);
        QApplication::processEvents();
    }
    print(name, times);
}

void rest(ChainCanvas &canvas)
{
    for (int i = 0; i < 20; ++i) {
        QThread::msleep(10);
        QApplication::processEvents();
    }
    canvas.repaint();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Appearance::instance();
    ChainEditor editor(largeChain());
    ChainCanvas canvas(editor);
    canvas.resize(1280, 800);
    canvas.show();
    rest(canvas);
    std::printf("wires %zu\n", editor.chain().wires().size());
    const auto wave = [](int i) { return QPointF(i % 100 < 50 ? -9 : 9, i % 60 < 30 ? -7 : 7); };
    for (const auto &[name, zoom] : {std::pair("pan-100", 1.0), std::pair("pan-50", 0.5), std::pair("pan-25", 0.25)}) {
        canvas.setZoom(zoom);
        canvas.centreOn(canvas.scene()->bounds().center());
        rest(canvas);
        measure(name, canvas, [&](int i) { canvas.pan(wave(i)); });
    }
    canvas.fit();
    rest(canvas);
    measure("pan-all", canvas, [&](int i) { canvas.pan(wave(i)); });
    canvas.setZoom(1);
    rest(canvas);
    measure("zoom", canvas, [&](int i) { canvas.setZoom(canvas.view().zoom * (i % 150 < 75 ? 0.97 : 1 / 0.97)); });
    canvas.setZoom(1);
    rest(canvas);
    const NodeItem &grabbed = canvas.scene()->nodes()[nodeCount / 2];
    canvas.centreOn(grabbed.rect().center());
    std::vector<ChainEditor::Place> place{{grabbed.id(), grabbed.position().x(), grabbed.position().y()}};
    measure("drag", canvas, [&](int i) {
        place[0].x += i % 100 < 50 ? 8 : -8;
        canvas.scene()->showMoved(place);
    });
    return 0;
}
