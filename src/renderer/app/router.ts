import { createRouter, createWebHashHistory } from 'vue-router';

/** The wizard's steps, in order; every one can be opened at any time. Views load when they are first opened. */
export const STEPS = ['start', 'brief', 'workload', 'supernode', 'scale-out', 'media', 'compare', 'quote', 'catalog'] as const;
export type Step = (typeof STEPS)[number];

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/start' },
    { path: '/start', name: 'start', component: () => import('../views/StartView.vue') },
    { path: '/brief', name: 'brief', component: () => import('../views/BriefView.vue') },
    { path: '/workload', name: 'workload', component: () => import('../views/WorkloadView.vue') },
    { path: '/supernode', name: 'supernode', component: () => import('../views/SupernodeView.vue') },
    { path: '/scale-out', name: 'scale-out', component: () => import('../views/ScaleOutView.vue') },
    { path: '/media', name: 'media', component: () => import('../views/MediaView.vue') },
    { path: '/compare', name: 'compare', component: () => import('../views/CompareView.vue') },
    { path: '/quote', name: 'quote', component: () => import('../views/QuoteView.vue') },
    { path: '/catalog', name: 'catalog', component: () => import('../views/CatalogView.vue') },
    { path: '/:rest(.*)*', redirect: '/start' },
  ],
});
