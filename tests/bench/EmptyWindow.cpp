// The peer of tests/bench/console's start: an empty window, until it has been painted. Links Qt's widgets and nothing of ours.
//   EmptyWindow [text]    with it, a word in each of the fonts that our window begins with, and nothing else: what text alone costs
#include "FirstPaint.h"

#include <QApplication>
#include <QFontDatabase>
#include <QLabel>
#include <QMainWindow>
#include <QVBoxLayout>

#include <cstring>

namespace {

QWidget *words()
{
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    const auto add = [&](QFont font, int pixels) {
        font.setPixelSize(pixels);
        auto *label = new QLabel(QStringLiteral("Sluice"));
        label->setFont(font);
        layout->addWidget(label);
    };
    for (const int pixels : {9, 10, 11, 12, 16})
        add(QApplication::font(), pixels);
    add(QFontDatabase::systemFont(QFontDatabase::FixedFont), 12);
    return centre;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1200, 760);
    if (argc > 1 && std::strcmp(argv[1], "text") == 0)
        window.setCentralWidget(words());
    const sluice::bench::FirstPaint first(&window);
    window.show();
    return QApplication::exec();
}
